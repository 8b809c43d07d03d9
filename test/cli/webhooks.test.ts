/** `anneal webhooks`: the secret is printed once, and messages come signed with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Webhook } from '../../sdk/index.ts';
import { startReceiver } from '../core/receiver.ts';
import { anneal, start, temporaryFolder } from './anneal.ts';

test('webhooks are registered, listed, given a new secret and removed', async (t) => {
  const folder = await temporaryFolder(t);
  const receiver = await startReceiver();
  t.after(() => receiver.stop());
  const running = start(['serve', '--port', '0', '--webhook-networks', '127.0.0.0/8'], { folder });
  t.after(() => running.child.kill('SIGKILL'));
  await running.until('Ctrl-C stops');
  const url = `http://127.0.0.1:${receiver.port}/`;
  const run = (...args: string[]) => anneal(['webhooks', ...args], { folder });

  const made = await run('create', url, '--events', 'job.failed,job.queued', '--description', 'chat');
  assert.equal(made.code, 0, made.stderr);
  const [webhook] = JSON.parse((await run('list', '--json')).stdout) as Webhook[];
  assert.deepEqual([webhook?.url, webhook?.events, webhook?.description], [url, ['job.failed', 'job.queued'], 'chat']);
  assert.match((await run('list')).stdout, /job\.failed, job\.queued/);
  const rotated = await run('rotate', webhook!.id);

  const spec = JSON.stringify({
    ...{ kind: 'train', data: { type: 'two-spirals', rows: 100 }, model: { layers: [{ type: 'dense', units: 2 }] } },
    ...{ loss: { type: 'softmax-cross-entropy' }, update: { rule: 'sgd' }, budget: { epochs: 1 } },
    ...{ schedule: { type: 'constant', rate: 0.1 } },
  });
  const submitted = await anneal(['submit', '-'], { folder, input: spec });
  assert.equal(submitted.code, 0, submitted.stderr);
  while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const { body, headers } = receiver.received[0]!;
  for (const secret of [made.stdout, rotated.stdout])
    new Verifier(secret.trim()).verify(body, headers as Record<string, string>);

  assert.equal((await run('delete', webhook!.id)).code, 0);
  assert.equal((await run('delete', webhook!.id)).code, 2);
  assert.match((await run('create', 'https://10.0.0.1/')).stderr, /10\.0\.0\.1 is not a public address/);
});
