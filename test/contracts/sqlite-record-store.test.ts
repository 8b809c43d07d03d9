/** Contract: records in SQLite; and files of the first version, which had none. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DatabaseSync } from '@photostructure/sqlite';
import { sqliteJobStore } from '../../services/core/adapters/sqlite-job-store/index.ts';
import { sqliteRecordStore } from '../../services/core/adapters/sqlite-record-store/index.ts';
import { calibrationsContract } from './calibrations.contract.ts';
import { recordStoreContract } from './record-store.contract.ts';
import { anySpec } from './spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-records-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newFile = () => join(folder, `${++files}.db`);

const made = async () => {
  const file = newFile();
  return { store: sqliteRecordStore(file), again: async () => sqliteRecordStore(file) };
};
recordStoreContract('SQLite', made);
calibrationsContract('SQLite', made);

test('a file of the first version gets what it lacks, and keeps its jobs', async () => {
  const file = newFile();
  const jobs = sqliteJobStore(file);
  const { job } = await jobs.create({ spec: anySpec() });
  await jobs.close();
  const raw = new DatabaseSync(file);
  raw.exec('DROP TABLE records; DROP TABLE changes; PRAGMA user_version = 1');
  raw.close();
  const records = sqliteRecordStore(file);
  const place = { tenant: null, name: 'keys' } as const;
  assert.equal(await records.put(place, 'a', 1, null), true);
  await records.close();
  const again = sqliteJobStore(file);
  assert.equal((await again.get(job.id)).state, 'queued');
  await again.close();
});
