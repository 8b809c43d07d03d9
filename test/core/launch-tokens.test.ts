/** Tokens of launches: one is good for each job, the newest. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { newJobId } from '@anneal/core/ids.ts';
import { launchTokens } from '@anneal/core/launch-tokens.ts';
import { openRecordStore } from '@anneal/core/open.ts';

test('a token opens the job that it was issued for, until the next launch of it; nothing else opens one', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-tokens-'));
  const records = await openRecordStore(`sqlite:${folder}/jobs.db`);
  t.after(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  const tokens = launchTokens(records, 'team-a');
  const [a, b] = [newJobId(1), newJobId(2)];
  const [first, other] = [await tokens.issue(a, 2), await tokens.issue(b, 2)];
  assert.deepEqual([await tokens.jobOf(first), await tokens.jobOf(other)], [a, b]);
  const second = await tokens.issue(a, 5);
  assert.deepEqual([await tokens.jobOf(first), await tokens.jobOf(second)], [undefined, a]);

  // A launch that took so long that the job was launched again.
  await assert.rejects(tokens.issue(a, 2), { code: 'conflict' });
  assert.equal(await tokens.jobOf(second), a);

  const swapped = `${b}.${second.split('.')[1]}`;
  const unknown = `${newJobId(3)}.${second.split('.')[1]}`;
  for (const bad of ['', a, `${a}.`, `${second}x`, swapped, unknown, `../${second}`])
    assert.equal(await tokens.jobOf(bad), undefined, bad);
  assert.equal(await launchTokens(records, 'team-b').jobOf(second), undefined);
  const kept = JSON.stringify(await records.list({ tenant: 'team-a', name: 'launches' }, { limit: 10 }));
  assert.ok(!kept.includes(second.split('.')[1]!), 'the secret itself is not kept');

  const many = await Promise.all(Array.from({ length: 4 }, () => tokens.issue(a, 8)));
  const good = await Promise.all(many.map((token) => tokens.jobOf(token)));
  assert.equal(good.filter(Boolean).length, 1, 'of launches at once one counts');
});
