/** API keys: what is kept of them, whom they stand for, and how they end. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { KEY_REMEMBERED, keyAuth } from '@anneal/api/auth.ts';
import { apiKeys } from '@anneal/core/api-keys.ts';
import { openRecordStore } from '@anneal/core/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-keys-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a key opens its tenant with its scopes; of its secret only the hash is kept', async () => {
  const records = await openRecordStore(`sqlite:${folder}/a.db`);
  const keys = apiKeys(records, () => 1_800_000_000_000);
  const { key, secret } = await keys.create({ tenant: 'team-a', name: 'CI', scopes: ['read', 'submit'] });
  assert.match(secret, /^ak_[0-9a-z]{20}_[\w-]{43}$/);
  assert.deepEqual(await keys.find(secret), key);
  assert.equal('secretHash' in key, false);
  const changed = secret.slice(0, -2) + (secret.at(-2) === 'A' ? 'B' : 'A') + secret.at(-1);
  for (const wrong of [
    changed,
    secret.slice(0, -1),
    secret.replace('ak_', 'bk_'),
    `ak_${'0'.repeat(20)}_${'x'.repeat(43)}`,
  ]) {
    assert.equal(await keys.find(wrong), undefined, wrong);
  }
  await records.close();
  const half = secret.slice(-43);
  for (const file of readdirSync(folder)) assert.ok(!readFileSync(join(folder, file), 'latin1').includes(half), file);
});

test('keys are listed by age, of one tenant or of all', async () => {
  const records = await openRecordStore(`sqlite:${folder}/b.db`);
  let now = 1_800_000_000_000;
  const keys = apiKeys(records, () => now++);
  const made: string[] = [];
  for (const tenant of ['a', 'b', 'a']) made.push((await keys.create({ tenant, name: '', scopes: ['read'] })).key.id);
  assert.deepEqual(
    (await keys.list()).map(({ id }) => id),
    made,
  );
  assert.deepEqual(
    (await keys.list('b')).map(({ id }) => id),
    [made[1]],
  );
  await records.close();
});

test('a revoked key opens nothing, and within 10 s nowhere', async () => {
  const records = await openRecordStore(`sqlite:${folder}/c.db`);
  const keys = apiKeys(records);
  const clock = { now: 0 };
  const authenticate = keyAuth(keys, () => clock.now);
  const { key, secret } = await keys.create({ tenant: 'a', name: 'x', scopes: ['read'] });
  assert.deepEqual(await authenticate(secret), { tenant: 'a', scopes: ['read'], keyId: key.id });
  const revoked = await keys.revoke(key.id);
  assert.ok(revoked.revokedAt);
  assert.deepEqual(await keys.revoke(key.id), revoked, 'once more');
  assert.equal(await keys.find(secret), undefined);
  clock.now = KEY_REMEMBERED - 1;
  assert.ok(await authenticate(secret));
  clock.now = KEY_REMEMBERED;
  assert.equal(await authenticate(secret), undefined);
  await assert.rejects(keys.revoke('nothing'), { code: 'not_found' });
  await records.close();
});

test('what is no key is refused by name', async () => {
  const records = await openRecordStore(`sqlite:${folder}/d.db`);
  const keys = apiKeys(records);
  const create = (change: object) => keys.create({ tenant: 'a', name: 'x', scopes: ['read'], ...change });
  await assert.rejects(create({ scopes: ['write'] }), {
    code: 'invalid_request',
    message: /no scope 'write'; allowed: read/,
  });
  await assert.rejects(create({ scopes: [] }), { message: /^scopes:/ });
  await assert.rejects(create({ tenant: '../b' }), { message: /^tenant: '..\/b'/ });
  await records.close();
});
