/** Contract: the SQLite JobStore; and what is its own: many processes at once, versions, damage. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test('the database of another program is refused, not touched', () => {
  const file = newFile();
  const other = new DatabaseSync(file);
  other.exec('CREATE TABLE books (title TEXT)');
  assert.throws(() => sqliteJobStore(file), { code: 'conflict', message: /another program/ });
  assert.deepEqual(other.prepare('SELECT name FROM sqlite_schema').all().length, 1);
  other.close();
});

test('a file that cannot be made is said so', () => {
  const file = join(folder, 'no such folder', 'jobs.db');
  assert.throws(() => sqliteJobStore(file), { code: 'store_unavailable', message: /unable to open/ });
});

test('a writer that holds the file for too long makes the others give up, once', async () => {
  const file = newFile();
  const store = sqliteJobStore(file, { busyMilliseconds: 30 });
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  await assert.rejects(store.create({ spec: anySpec() }), { code: 'store_unavailable' });
  assert.deepEqual((await store.list({}, { limit: 1 })).items, [], 'reading goes on');
  other.exec('ROLLBACK');
  assert.equal((await store.create({ spec: anySpec() })).created, true);
  other.close();
  await store.close();
});

test('a full disk is said so; nothing is half written, and there is no harm once there is room', {
  skip: process.getuid?.() !== 0 && 'needs root to mount a small file system',
}, async (t) => {
  const place = newFile();
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    return t.skip('this machine does not let a test mount a file system');
  }
  try {
    writeFileSync(join(place, 'filler'), Buffer.alloc(128 * 1024));
    const store = sqliteJobStore(join(place, 'jobs.db'));
    let made = 0;
    const fill = async () => {
      for (; ; made++) await store.create({ spec: anySpec({ number: String(made) }) });
    };
    await assert.rejects(fill(), { code: 'disk_full' });
    assert.ok(made > 0);
    assert.equal((await store.list({}, { limit: 1000 })).items.length, made);
    rmSync(join(place, 'filler'));
    const { job } = await store.create({ spec: anySpec() });
    assert.equal((await store.readEvents(job.id, 0, 10)).length, 1);
    await store.close();
  } finally {
    // Lazily: the driver keeps the file of a closed database open until its statements are collected.
    execFileSync('umount', ['--lazy', place]);
  }
});

test('an address of no known kind is refused', async () => {
  await assert.rejects(openJobStore('postgres://localhost'), {
    code: 'invalid_request',
    message: /there are sqlite:…, dynamodb:…/,
  });
});
