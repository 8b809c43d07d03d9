/** CIFAR's binary format, as its publisher describes it: labels, then the red, the green and the blue plane. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type AnnealError, type Data, data, parse } from '@anneal/schemas';
import { loadData } from '../../../services/engine/data/load.ts';

/** Pixel (y, x) of a record is red `label`, green y, blue x. */
const record = (...labels: number[]): Uint8Array => {
  const plane = (of: (y: number, x: number) => number) =>
    Array.from({ length: 1024 }, (_pixel, i) => of(Math.floor(i / 32), i % 32));
  const label = labels.at(-1)!;
  return Uint8Array.from([...labels, ...plane(() => label), ...plane((y) => y), ...plane((_y, x) => x)]);
};

describe('cifar', () => {
  let folder: string;
  const load = (spec: object) =>
    loadData(parse(data, { type: 'cifar', ...spec }) as Data, { seed: 1, dataFolder: folder, log: () => {} });
  const fails = (spec: object, code: string, message: RegExp) =>
    assert.rejects(load(spec), (error: AnnealError) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'anneal-cifar-'));
    const write = (name: string, records: Uint8Array[]) => writeFile(path.join(folder, name), Buffer.concat(records));
    await write(
      'one.bin',
      [3, 7, 0, 9, 1].map((label) => record(label)),
    );
    await write(
      'two.bin',
      [4, 5].map((label) => record(label)),
    );
    await write('hundred.bin', [record(2, 40), record(19, 99), record(0, 1)]);
    await write('wrong.bin', [record(1), record(10)]);
    await writeFile(path.join(folder, 'short.bin'), record(1).subarray(1));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has colours last, and the test files as test split', async () => {
    const { inputs, labels, splits } = await load({ files: ['one.bin'], testFiles: ['two.bin'] });
    assert.deepEqual(inputs.shape, [7, 32, 32, 3]);
    assert.deepEqual([...labels.values], [3, 7, 0, 9, 1, 4, 5]);
    for (const [row, y, x] of [
      [0, 0, 0],
      [3, 5, 31],
      [6, 31, 2],
    ] as const) {
      const at = ((row * 32 + y) * 32 + x) * 3;
      assert.deepEqual([...inputs.values.subarray(at, at + 3)], [labels.values[row]!, y, x]);
    }
    assert.deepEqual([...splits.test].sort(), [5, 6]);
  });

  it('takes the coarse or the fine label of CIFAR-100', async () => {
    const coarse = await load({ files: ['hundred.bin'], labels: 'cifar-100-coarse' });
    assert.deepEqual([...coarse.labels.values], [2, 19, 0]);
    const fine = await load({ files: ['hundred.bin'], labels: 'cifar-100-fine' });
    assert.deepEqual([...fine.labels.values], [40, 99, 1]);
  });

  it('names what is wrong with a file', async () => {
    await fails(
      { files: ['short.bin'] },
      'data_damaged',
      /data\.files\[0\]: short\.bin has 3072 bytes, .*whole records of 3073/,
    );
    await fails(
      { files: ['one.bin', 'wrong.bin'] },
      'data_damaged',
      /data\.files\[1\]: wrong\.bin holds class 10 in record 1/,
    );
    await fails({ files: ['one.bin'], testFiles: ['none.bin'] }, 'data_missing', /data\.testFiles\[0\]/);
  });
});
