/** End to end: the doctor looks at this machine and at the service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anneal, temporaryFolder } from './anneal.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { name: string; ok: boolean; message: string }[];
}

test('a machine that is set up passes; a service that does not run is no fault', async (t) => {
  const { code, stdout, stderr } = await anneal(['doctor', '--json'], { folder: await temporaryFolder(t) });
  const { ok, checks } = JSON.parse(stdout) as Report;
  assert.deepEqual([code, ok, stderr], [0, true, '']);
  const named = new Map(checks.map((check) => [check.name, check.message]));
  assert.match(named.get('TensorFlow') ?? '', /^2\./);
  assert.match(named.get('service') ?? '', /No service runs in \.anneal/);
});

test('a service that was named and does not answer is a fault', async (t) => {
  const options = { folder: await temporaryFolder(t), env: { ANNEAL_URL: 'http://127.0.0.1:9' } };
  const { code, stdout } = await anneal(['doctor'], options);
  assert.equal(code, 1);
  assert.match(stdout, /✗ service: the connection to http:\/\/127\.0\.0\.1:9 failed/);
});
