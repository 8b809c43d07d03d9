/** `anneal keys` beside a running service: a key that is made opens it, one that is revoked does not. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApiKey } from '@anneal/core/api-keys.ts';
import { Anneal, AuthenticationError, PermissionError } from '../../sdk/index.ts';
import { anneal, start, temporaryFolder } from './anneal.ts';

test('keys are made, listed and revoked; whoever has one is its tenant', async (t) => {
  const folder = await temporaryFolder(t);
  const early = await anneal(['keys', 'list'], { folder });
  assert.deepEqual([early.code, /start a service there first/.test(early.stderr)], [2, true]);

  const running = start(['serve', '--port', '0', '--open-jobs', '1'], { folder });
  t.after(() => running.child.kill('SIGKILL'));
  await running.until('Ctrl-C stops');
  const { url: baseUrl } = JSON.parse(await readFile(join(folder, '.anneal/server.json'), 'utf8')) as { url: string };

  const made = await anneal(['keys', 'create', 'CI of the team', '--tenant', 'team-a', '--scopes', 'read'], { folder });
  assert.equal(made.code, 0, made.stderr);
  const token = made.stdout.trim();
  const client = new Anneal({ baseUrl, token });
  assert.deepEqual((await client.jobs.list()).items, []);
  await assert.rejects(client.jobs.cancel('job_x'), PermissionError);

  const listed = await anneal(['keys', 'list', '--tenant', 'team-a', '--json'], { folder });
  const [key, ...others] = JSON.parse(listed.stdout) as ApiKey[];
  assert.deepEqual([key?.name, key?.tenant, key?.scopes, others], ['CI of the team', 'team-a', ['read'], []]);
  assert.ok(!listed.stdout.includes(token.slice(-43)) && !listed.stdout.includes('secret'));
  assert.match((await anneal(['keys', 'list'], { folder })).stdout, /team-a\s+CI of the team\s+read/);

  const revoked = await anneal(['keys', 'revoke', key!.id], { folder });
  assert.equal(revoked.code, 0, revoked.stderr);
  const refused = async () =>
    client.jobs.list().then(
      () => false,
      (error: unknown) => error instanceof AuthenticationError,
    );
  while (!(await refused()));

  const wrong = await anneal(['keys', 'create', 'x', '--scopes', 'write'], { folder });
  assert.deepEqual([wrong.code, /there is no scope 'write'/.test(wrong.stderr)], [2, true]);
  assert.equal((await anneal(['keys', 'revoke', 'nothing'], { folder })).code, 2);
});
