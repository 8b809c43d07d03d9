/** Data sets brought to the machine of a runner: checked on the way, kept for the next job, bounded, by several runners at once. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '@anneal/core';
import { fileKey, listKey } from '@anneal/core/datasets/files.ts';
import { openArtifactStore } from '@anneal/core/open.ts';
import { type PlaceOptions, placeDatasets } from '@anneal/runner/datasets/place.ts';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const ID = 'ds_0123456789abcdefghij';
const OTHER = 'ds_0123456789abcdefghik';

let root: string;
let store: ArtifactStore;
let gets: string[];
let lines: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'anneal-place-'));
  gets = [];
  lines = [];
  const files = await openArtifactStore(`file:${root}/artifacts`);
  store = {
    ...files,
    get(key, range) {
      gets.push(key);
      return files.get(key, range);
    },
  };
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** @param said what the list says of the files, where it's not what they are */
async function putDataset(
  id: string,
  files: Readonly<Record<string, string>>,
  said: Readonly<Record<string, string>> = {},
) {
  const list = Object.entries(files).map(([name, bytes]) => ({
    ...{ name, size: bytes.length, sha256: sha256(said[name] ?? bytes) },
  }));
  for (const [name, bytes] of Object.entries(files))
    await store.putIfAbsent(fileKey(id, name), Buffer.from(bytes), 'application/octet-stream');
  await store.putIfAbsent(listKey(id), Buffer.from(JSON.stringify(list)), 'application/json');
}

const place = (options: Partial<PlaceOptions> = {}) =>
  placeDatasets({
    ...{ artifacts: store, datasets: [ID], cacheFolder: path.join(root, 'cache'), keepBytes: 2 ** 30 },
    ...{ signal: new AbortController().signal, log: (line: string) => void lines.push(line) },
    ...options,
  });
const kept = () => readdir(path.join(root, 'cache/uploads/files'));
const jobs = () => readdir(path.join(root, 'cache/uploads/jobs'));
const fetched = () => gets.filter((key) => !key.endsWith('files.json'));

test('files are brought once, under their names, and stay for the next job', async () => {
  await putDataset(ID, { 'a.csv': 'one', 'in/b.csv': 'two' });
  const first = await place();
  assert.equal(await readFile(path.join(first.folder, ID, 'a.csv'), 'utf8'), 'one');
  assert.equal(await readFile(path.join(first.folder, ID, 'in/b.csv'), 'utf8'), 'two');
  assert.match(lines[0]!, /^fetched .* of ds_0123456789abcdefghij \(2 files\)/);
  await first.remove();
  assert.deepEqual(await jobs(), []);
  const second = await place();
  assert.equal(await readFile(path.join(second.folder, ID, 'a.csv'), 'utf8'), 'one');
  assert.equal(lines[1], `the files of ${ID} are here already`);
  assert.equal(fetched().length, 2);
});

test('another data set with the same bytes needs them no second time', async () => {
  await putDataset(ID, { 'a.csv': 'one' });
  await putDataset(OTHER, { 'other.csv': 'one' });
  const { folder } = await place({ datasets: [ID, OTHER] });
  assert.equal(await readFile(path.join(folder, OTHER, 'other.csv'), 'utf8'), 'one');
  assert.deepEqual(fetched(), [fileKey(ID, 'a.csv')]);
});

test('bytes that are not those of the data set are refused, and nothing of them stays', async () => {
  await putDataset(ID, { 'a.csv': 'evil' }, { 'a.csv': 'good' });
  await assert.rejects(place(), { code: 'data_damaged', message: /a\.csv has the SHA-256 .* in the store, but/ });
  assert.deepEqual([await kept(), await jobs()], [[], []]);
});

test('a file that the disk has lost a part of is brought again', async () => {
  await putDataset(ID, { 'a.csv': 'one' });
  await (await place()).remove();
  const [name] = await kept();
  await writeFile(path.join(root, 'cache/uploads/files', name!), 'o');
  const { folder } = await place();
  assert.equal(await readFile(path.join(folder, ID, 'a.csv'), 'utf8'), 'one');
});

test('a data set or a file that has gone is told', async () => {
  await assert.rejects(place(), { code: 'data_missing', message: /the data set ds_.* is not there any more/ });
  await putDataset(ID, { 'a.csv': 'one' });
  await store.remove(fileKey(ID, 'a.csv'));
  await assert.rejects(place(), { code: 'data_missing', message: /the file a\.csv of the data set is not there/ });
});

test('many runners at once get all of it', async () => {
  const bytes = 'x'.repeat(3 * 2 ** 20);
  await putDataset(ID, { 'a.csv': bytes, 'b.csv': 'two' });
  const placed = await Promise.all(Array.from({ length: 8 }, () => place()));
  for (const { folder } of placed) {
    assert.equal(sha256(await readFile(path.join(folder, ID, 'a.csv'))), sha256(bytes));
    assert.equal(await readFile(path.join(folder, ID, 'b.csv'), 'utf8'), 'two');
  }
  assert.deepEqual((await kept()).sort(), [sha256(bytes), sha256('two')].sort());
});

test('what was not used for the longest goes first; what is in use stays', async () => {
  const ids = [0, 1, 2, 3].map((i) => `ds_0123456789abcdefghi${i}`);
  for (const [i, id] of ids.entries()) await putDataset(id, { 'a.bin': String(i).repeat(1000) });
  const placeOf = (id: string) => place({ datasets: [id], keepBytes: 3000 });
  const old = (i: number, seconds: number) =>
    utimes(path.join(root, 'cache/uploads/files', sha256(String(i).repeat(1000))), seconds, seconds);
  const inUse = await placeOf(ids[0]!);
  for (const id of ids.slice(1, 3)) await (await placeOf(id)).remove();
  await old(0, 1);
  await old(1, 3);
  await old(2, 2);
  await placeOf(ids[3]!);
  assert.deepEqual((await kept()).sort(), [0, 1, 3].map((i) => sha256(String(i).repeat(1000))).sort());
  assert.equal((await readFile(path.join(inUse.folder, ids[0]!, 'a.bin'))).length, 1000);
});

test('a disk that is too small is told before anything is fetched', async () => {
  await store.putIfAbsent(
    listKey(ID),
    Buffer.from(JSON.stringify([{ name: 'a.bin', size: 2 ** 60, sha256: sha256('') }])),
    'application/json',
  );
  await assert.rejects(place(), {
    code: 'disk_full',
    message:
      /need [\d,]+ MiB, but the disk that holds .* has [\d,]+ MiB free; free some space, or name .* ANNEAL_CACHE/,
  });
  assert.deepEqual(fetched(), []);
  assert.deepEqual(await jobs(), []);
});

test('a job that is to stop stops fetching, and leaves nothing', async () => {
  await putDataset(ID, { 'a.bin': 'x'.repeat(2 ** 20) });
  const stopping = new AbortController();
  const slow: ArtifactStore = {
    ...store,
    async get(key, range) {
      const { info, body } = await store.get(key, range);
      if (!key.endsWith('files.json')) stopping.abort(new Error('told to leave'));
      return { info, body };
    },
  };
  await assert.rejects(place({ artifacts: slow, signal: stopping.signal }), /told to leave/);
  assert.deepEqual([await kept(), await jobs()], [[], []]);
});

test('what processes that died have left goes after a day', async () => {
  await putDataset(ID, { 'a.csv': 'one' });
  const [dead, alive] = ['dead', 'alive'].map((name) => path.join(root, 'cache/uploads/jobs', name));
  const draft = path.join(root, 'cache/uploads/files/.draft');
  for (const folder of [dead!, alive!, path.dirname(draft)]) await mkdir(folder, { recursive: true });
  await writeFile(draft, 'half');
  const longAgo = Date.now() / 1000 - 90_000;
  await utimes(dead!, longAgo, longAgo);
  await utimes(draft, longAgo, longAgo);
  await place();
  await assert.rejects(stat(dead!), { code: 'ENOENT' });
  await assert.rejects(stat(draft), { code: 'ENOENT' });
  assert.ok((await stat(alive!)).isDirectory());
});
