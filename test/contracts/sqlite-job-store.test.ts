/** Contract: the SQLite JobStore; and what is its own: many processes at once, versions, damage. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { sqliteJobStore } from '../../services/core/adapters/sqlite-job-store/index.ts';
import { openJobStore } from '../../services/core/open.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { anySpec } from './spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-jobs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => join(folder, `${++files}.db`);

jobStoreContract('SQLite', async () => {
  const file = newFile();
  const clock = { now: 1_800_000_000_000 };
  const now = () => clock.now;
  return { store: sqliteJobStore(file, { now }), again: async () => sqliteJobStore(file, { now }), clock };
});

test('of twenty processes that claim a job, one gets it', async () => {
  const file = newFile();
  const store = sqliteJobStore(file);
  const { job } = await store.create({ spec: anySpec() });
  await store.transition(job.id, ['queued'], 'starting');
  const script = join(import.meta.dirname, 'claim.ts');
  const claims = Array.from({ length: 20 }, () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', script, file, job.id]).then(({ stdout }) =>
      stdout.trim(),
    ),
  );
  const answers = await Promise.all(claims);
  assert.deepEqual(answers.sort(), ['claimed', ...Array.from({ length: 19 }, () => 'conflict')]);
  assert.equal((await store.get(job.id)).attempt, 1);
  await store.close();
});

test('a file of a newer version is refused, not touched', () => {
  const file = newFile();
  sqliteJobStore(file).close();
  const raw = new DatabaseSync(file);
  raw.exec('PRAGMA user_version = 99');
  raw.close();
  assert.throws(() => sqliteJobStore(file), { code: 'store_unavailable', message: /newer Anneal \(format 99/ });
});

test('a file that is no database is refused by name', () => {
  const file = newFile();
  writeFileSync(file, 'this is not a database, and it is long enough to be taken for one'.repeat(20));
  assert.throws(() => sqliteJobStore(file), { code: 'store_unavailable', message: /damaged/ });
});

test('an address of no known kind is refused', async () => {
  await assert.rejects(openJobStore('postgres://localhost'), {
    code: 'invalid_request',
    message: /there are sqlite:…/,
  });
});
