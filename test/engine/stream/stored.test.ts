/** Streamed examples are those in memory, bit for bit: values, splits, what is fitted on them, and what is reported of them. */
import assert from 'node:assert/strict';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import type { DataSet } from '../../../services/engine/data/data-set.ts';
import type { LoadedData } from '../../../services/engine/data/load.ts';
import { dataReport } from '../../../services/engine/data/report.ts';
import { contentKey, type StreamableData } from '../../../services/engine/data/stored/content-key.ts';
import { takeInputs, takeLabels, takeRawInputs } from '../../../services/engine/data/take-rows.ts';
import { writeParquet } from '../../../services/engine/formats/parquet.ts';
import { tf } from '../../../services/engine/tensorflow.ts';
import { writeNpy } from '../data/npy-file.ts';
import { csvText, place, placeOf, ROWS, tableSpec } from './table.ts';

/** Of the rows in an order that jumps and repeats. */
function assertSame(streamed: DataSet, resident: DataSet): void {
  assert.equal(placeOf(streamed).place, 'file');
  assert.equal(placeOf(resident).place, 'memory');
  assert.equal(placeOf(streamed).bytes, placeOf(resident).bytes);
  assert.deepEqual(streamed.splits, resident.splits);
  assert.deepEqual(streamed.scale, resident.scale);
  assert.deepEqual(streamed.preprocessing, resident.preprocessing);
  assert.deepEqual(streamed.classNames, resident.classNames);
  assert.deepEqual([streamed.inputs.dtype, streamed.inputs.shape], [resident.inputs.dtype, resident.inputs.shape]);
  const [rows = 0] = streamed.inputs.shape;
  const jumping = Int32Array.from({ length: rows + 7 }, (_row, i) => (i * 617) % rows);
  for (const some of [jumping, Int32Array.from({ length: rows }, (_row, i) => i), Int32Array.of(2, 2, 1, 3)]) {
    assert.deepEqual(takeRawInputs(streamed, some), takeRawInputs(resident, some));
    assert.deepEqual(takeInputs(streamed, some), takeInputs(resident, some));
    assert.deepEqual(takeLabels(streamed, some), takeLabels(resident, some));
  }
  assert.deepEqual(dataReport(streamed), dataReport(resident));
}

const prepared: [string, object][] = [
  ['nothing', {}],
  ['one scale', { scale: 'standardize' }],
  ['standardize', { preprocessing: [{ type: 'standardize' }] }],
  ['min-max, then the mean', { preprocessing: [{ type: 'min-max' }, { type: 'mean-image' }] }],
  [
    'pca of standardized features',
    { preprocessing: [{ type: 'standardize' }, { type: 'pca', components: 2, whiten: true }] },
  ],
  ['zca', { preprocessing: [{ type: 'zca' }], scale: 'standardize' }],
  ['a limit and a fold', { limit: 300, split: { test: 0.2, fold: { of: 3, index: 1 } } }],
];
for (const [what, spec] of prepared)
  it(`a table with ${what}`, async (t) => {
    const { open, streamed } = await place(t);
    assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
  });

for (const missing of ['drop', 'mean'])
  it(`a table with holes and categories, missing: ${missing}`, async (t) => {
    const lines = Array.from({ length: 5000 }, (_line, i) => {
      const kind = ['red', 'green', 'blue'][i % 3];
      return `${i % 7 === 3 ? '' : Math.sin(i)},${kind},${i / 100},${i % 2}`;
    });
    const { open, streamed } = await place(t, `x,kind,y,label\n${lines.join('\n')}\n`);
    const spec = {
      features: ['x', 'kind', 'y'],
      categories: { kind: ['red', 'green', 'blue'] },
      classes: [0, 1],
      missing,
      preprocessing: [{ type: 'standardize' }],
    };
    assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
  });

it('JSON lines and Parquet', async (t) => {
  const { folder, open, streamed } = await place(t);
  const rows = Array.from({ length: 300 }, (_row, i) => ({ a: Math.cos(i), b: i, label: [i % 5, -i / 3] }));
  const [a, b] = [rows.map((row) => row.a), rows.map((row) => row.b)];
  await writeFile(
    path.join(folder, 'table.jsonl'),
    rows.map((row) => JSON.stringify({ a: row.a, b: row.b, y: row.label[0], z: row.label[1] })).join('\n'),
  );
  const label = (k: number) => Float64Array.from(rows, (row) => row.label[k]!);
  const columns = [
    { name: 'a', type: 'DOUBLE' as const, values: Float64Array.from(a) },
    { name: 'b', type: 'INT32' as const, values: Int32Array.from(b) },
    { name: 'y', type: 'DOUBLE' as const, values: label(0) },
    { name: 'z', type: 'DOUBLE' as const, values: label(1) },
  ];
  await writeFile(path.join(folder, 'table.parquet'), writeParquet(columns));
  for (const type of ['jsonl', 'parquet']) {
    const spec = { type, file: `table.${type}`, features: ['b', 'a'], label: ['y', 'z'], classes: undefined };
    assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
  }
});

it('arrays of floats and of bytes, with and without preprocessing', async (t) => {
  const { folder, open, streamed } = await place(t);
  const length = 200 * 6;
  const values = Uint8Array.from({ length }, (_value, i) => (i * 37) % 251);
  await writeNpy(folder, 'x.npy', { descr: '|u1', shape: [200, 2, 3], values });
  await writeNpy(folder, 'f.npy', { descr: '<f8', shape: [200, 2, 3], values: Float64Array.from(values, Math.sqrt) });
  await writeNpy(folder, 'y.npy', {
    descr: '<i8',
    shape: [200],
    values: BigInt64Array.from({ length: 200 }, (_v, i) => BigInt(i % 3)),
  });
  await writeNpy(folder, 'v.npy', {
    descr: '<f4',
    shape: [200, 2],
    values: Float32Array.from({ length: 400 }, (_v, i) => i / 7),
  });
  const arrays = { type: 'npy', shape: [2, 3, 1], file: undefined, features: undefined, label: undefined };
  const unlabelled = { ...arrays, classes: undefined, inputs: 'x.npy', split: { validation: 0 } };
  for (const spec of [
    { ...arrays, inputs: 'x.npy', labels: 'y.npy', scale: 'unit' },
    { ...arrays, inputs: 'x.npy', labels: 'y.npy', scale: 'unit', preprocessing: [{ type: 'mean-image' }] },
    { ...arrays, inputs: 'f.npy', labels: 'v.npy', outputs: [2], classes: undefined, scale: 'standardize' },
    unlabelled,
  ]) {
    assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
  }
});

it('decodes once: the same content under another name is found, other content or another reading is not', async (t) => {
  const { folder, cacheFolder, lines, streamed } = await place(t);
  const decodedTimes = () => lines.filter((line) => line.startsWith('decoded')).length;
  await streamed();
  await streamed({ preprocessing: [{ type: 'standardize' }], split: { seed: 9 } });
  await writeFile(path.join(folder, 'copy.csv'), csvText());
  await streamed({ file: 'copy.csv' });
  assert.equal(decodedTimes(), 1);
  await streamed({ features: ['b', 'a'] });
  await writeFile(path.join(folder, 'table.csv'), csvText(ROWS + 1));
  await streamed();
  assert.equal(decodedTimes(), 3);
  assert.equal((await readdir(path.join(cacheFolder, 'examples'))).length, 3);
});

it('images: one that is moved to another class has another label, though no file has other bytes', async (t) => {
  const { folder, open, streamed } = await place(t);
  const { node } = tf as unknown as { node: { encodePng(x: unknown): Promise<Uint8Array> } };
  for (const name of ['cat', 'dog']) await mkdir(path.join(folder, 'pets', name), { recursive: true });
  for (const [i, name] of ['cat/a', 'cat/b', 'dog/c', 'dog/d'].entries())
    await writeFile(path.join(folder, 'pets', `${name}.png`), await node.encodePng(tf.fill([4, 4, 3], i, 'int32')));
  const pets = { type: 'images', folder: 'pets', size: 4, classes: ['cat', 'dog'], split: { validation: 0 } };
  const spec = { ...pets, file: undefined, features: undefined, label: undefined };
  assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
  await rename(path.join(folder, 'pets/cat/b.png'), path.join(folder, 'pets/dog/b.png'));
  assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
});

it('Parquet of more cells than are read at once', async (t) => {
  const { folder, open, streamed } = await place(t);
  const length = 70_000;
  const cell = (i: number, j: number) => (i * 31 + j * 7) % 1009;
  const features = Array.from({ length: 70 }, (_feature, j) => `f${j}`);
  const columns = [...features, 'y'].map((name, j) => ({
    ...{ name, type: 'INT32' as const, values: Int32Array.from({ length }, (_value, i) => cell(i, j)) },
  }));
  await writeFile(path.join(folder, 'table.parquet'), writeParquet(columns));
  const spec = { type: 'parquet', file: 'table.parquet', features, label: 'y', classes: undefined };
  const { inputs, labels } = (await open({ streaming: 'never', ...spec })) as LoadedData;
  assert.ok(inputs.values.every((value, at) => value === cell(Math.floor(at / 70), at % 70)));
  assert.ok(labels.values.every((value, i) => value === cell(i, 70)));
  assertSame(await streamed(spec), await open({ streaming: 'never', ...spec }));
});

it('files that change while they are read are named, and images that come or go', async (t) => {
  const { folder } = await place(t);
  const table = await contentKey(tableSpec() as StreamableData, folder);
  await table.checkUnchanged();
  await writeFile(path.join(folder, 'table.csv'), csvText(ROWS + 1));
  await assert.rejects(table.checkUnchanged(), { code: 'data_damaged', message: /table\.csv was changed while/ });
  for (const name of ['cat', 'dog']) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'b.png'), name);
  }
  const fields = { type: 'images', folder: '.', size: 4, classes: ['cat', 'dog'], label: undefined };
  const images = await contentKey(
    tableSpec({ ...fields, file: undefined, features: undefined }) as StreamableData,
    folder,
  );
  await images.checkUnchanged();
  await writeFile(path.join(folder, 'cat/a.png'), 'a');
  await assert.rejects(images.checkUnchanged(), { code: 'data_damaged', message: /was changed while/ });
});
