/** What is wrong is named as it is in memory, and nothing half written is left behind. */
import assert from 'node:assert/strict';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checkStreaming, data, parse } from '@anneal/schemas';
import { Appender } from '../../../services/engine/data/stored/appender.ts';
import { writeParquet } from '../../../services/engine/formats/parquet.ts';
import { npyBytes, writeNpy } from '../data/npy-file.ts';
import { csvText, type Place, place, tableSpec } from './table.ts';

const lines = (change: (line: string, number: number) => string, rows = 5000) =>
  csvText(rows)
    .split('\n')
    .map((line, i) => change(line, i + 1))
    .join('\n');

/** Files in the cache, hidden ones included. */
async function left({ cacheFolder }: Place): Promise<string[]> {
  const entries = await readdir(cacheFolder, { recursive: true }).catch(() => []);
  return entries.filter((name) => name !== 'examples');
}

const wrong: [string, (of: Place) => Promise<object>, string, RegExp][] = [
  [
    'a cell that is no number in row 3001',
    async () => ({}),
    'data_damaged',
    /line 3001 of table\.csv: column 'b' is "NaN", not a finite number/,
  ],
  [
    'a ragged line',
    async ({ folder }) => {
      await writeFile(
        path.join(folder, 'table.csv'),
        lines((line, i) => (i === 4000 ? `${line},7` : line)),
      );
      return {};
    },
    'data_damaged',
    /table\.csv is no table: Invalid Record Length.* on line 4000/,
  ],
  [
    'NaN in row 3001 of an array',
    async ({ folder }) => {
      const values = Float32Array.from({ length: 10_000 }, (_v, i) => (i === 6003 ? Number.NaN : i));
      await writeNpy(folder, 'x.npy', { descr: '<f4', shape: [5000, 2], values });
      await writeNpy(folder, 'y.npy', { descr: '|u1', shape: [5000], values: new Uint8Array(5000) });
      return {
        type: 'npy',
        inputs: 'x.npy',
        labels: 'y.npy',
        shape: [2],
        file: undefined,
        features: undefined,
        label: undefined,
      };
    },
    'data_damaged',
    /data\.inputs: row 3001, column 1 of x\.npy is NaN, not a finite number/,
  ],
  [
    'a truncated Parquet file',
    async ({ folder }) => {
      const values = Float64Array.from({ length: 500 }, (_v, i) => i);
      const columns = ['a', 'b', 'c', 'label'].map((name) => ({ name, type: 'DOUBLE' as const, values }));
      await writeFile(path.join(folder, 'table.parquet'), writeParquet(columns));
      await truncate(path.join(folder, 'table.parquet'), 9000);
      return { type: 'parquet', file: 'table.parquet', classes: undefined };
    },
    'data_damaged',
    /table\.parquet is no whole Parquet file/,
  ],
  [
    'a truncated array',
    async ({ folder }) => {
      const bytes = npyBytes({ descr: '<f4', shape: [500, 2], values: new Float32Array(1000) });
      await writeFile(path.join(folder, 'x.npy'), bytes.subarray(0, 2000));
      return {
        type: 'npy',
        inputs: 'x.npy',
        shape: [2],
        classes: undefined,
        file: undefined,
        features: undefined,
        label: undefined,
      };
    },
    'data_damaged',
    /x\.npy has 2000 bytes where/,
  ],
  [
    'an empty table',
    async ({ folder }) => {
      await writeFile(path.join(folder, 'table.csv'), 'a,b,c,label\n');
      return {};
    },
    'data_damaged',
    /holds no rows to train on/,
  ],
  ['no file', async () => ({ file: 'other.csv' }), 'data_missing', /'other\.csv' .*there is no such file/],
];

describe('streamed', () => {
  for (const [what, prepare, code, message] of wrong)
    it(`${what} is named`, async (t) => {
      const at = await place(
        t,
        lines((line, i) => (i === 3001 ? line.replace(/,[^,]*,/, ',NaN,') : line)),
      );
      const spec = await prepare(at);
      await assert.rejects(at.streamed(spec), { name: /AnnealError|SpecError/, code, message });
      assert.deepEqual(await left(at), []);
    });

  it('an empty split and a label outside the classes are named', async (t) => {
    const at = await place(t);
    await assert.rejects(at.streamed({ split: { validation: 0.9, test: 0.9 }, limit: 2 }), {
      code: 'invalid_spec',
      message: /leaves none to train on/,
    });
    await assert.rejects(at.streamed({ classes: 2 }), { message: /classes are 0 to 1/ });
  });

  it('a cache that can’t be written and a full disk', async (t) => {
    const at = await place(t);
    const file = path.join(at.folder, 'table.csv');
    await assert.rejects(at.streamed({}, { cacheFolder: path.join(file, 'cache') }), {
      code: 'data_missing',
      message: /cannot be written \(ENOTDIR\); name another one in ANNEAL_CACHE/,
    });
    const full = new Appender('/dev/full', Float32Array);
    full.push([1, 2, 3]);
    assert.throws(() => full.close(), { code: 'disk_full', message: /the disk is full/ });
    assert.throws(() => new Appender(path.join(file, 'x'), Uint8Array), { code: 'data_missing', message: /ENOTDIR/ });
  });

  it('an entry of the cache that was cut off is made anew', async (t) => {
    const at = await place(t);
    const { stored } = await at.streamed();
    const before = await readFile(path.join(stored.folder, 'inputs.bin'));
    await truncate(path.join(stored.folder, 'inputs.bin'), 100);
    await at.streamed();
    assert.deepEqual(await readFile(path.join(stored.folder, 'inputs.bin')), before);
    assert.deepEqual(await readdir(path.dirname(stored.folder)), [path.basename(stored.folder)]);
  });

  it('sources that can’t are refused by name, with the reason', () => {
    for (const type of ['mnist', 'iris', 'two-spirals'])
      assert.throws(() => checkStreaming(parse(data, { type, streaming: 'always' })), {
        code: 'invalid_spec',
        param: 'data.streaming',
        message: new RegExp(`'always' is for images, csv, jsonl, parquet, npy, idx, not for ${type}: `),
      });
    checkStreaming(tableSpec({ streaming: 'always' }));
  });
});

it('auto streams what passes an eighth of the memory, and says why', async (t) => {
  const at = await place(t);
  // 1000 rows of 16 bytes; the estimate of the rows is near.
  const [large, small] = [
    await at.open({}, { memoryBytes: 8 * 17_000 }),
    await at.open({}, { memoryBytes: 8 * 15_000 }),
  ];
  assert.equal(large.place!.place, 'memory');
  assert.match(large.place!.reason, /at most .*, 1\/8 of the memory of a runner/);
  assert.equal(small.place!.place, 'file');
  assert.match(small.place!.reason, /more than .*, 1\/8 of the memory of a runner/);
  assert.deepEqual([large.place!.bytes, small.place!.bytes], [16_000, 16_000]);
  const decided = { place: 'file' as const, window: { rows: 77, blockRows: 3 } };
  const gone = await at.open({}, { memoryBytes: Number.POSITIVE_INFINITY, decided });
  assert.deepEqual([gone.place!.place, gone.place!.windowRows, gone.place!.blockRows], ['file', 77, 3]);
  assert.equal((await at.open({}, { memoryBytes: 1, decided: { place: 'memory' } })).place!.place, 'memory');
});
