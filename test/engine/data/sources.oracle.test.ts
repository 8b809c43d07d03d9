/** Oracle: tables and preprocessing are scikit-learn's; every source reads what was written, and names what is wrong with it. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Data, data, dataShape, parse } from '@anneal/schemas';
import { type Zippable, zipSync } from 'fflate';
import { applyStep as apply } from '../../../services/engine/data/apply-step.ts';
import { type LoadedData, loadData } from '../../../services/engine/data/load.ts';
import { preprocess } from '../../../services/engine/data/preprocess.ts';
import { writeParquet } from '../../../services/engine/formats/parquet.ts';
import { tf } from '../../../services/engine/tensorflow.ts';

interface Oracle {
  readonly x: number[][];
  readonly results: Record<string, number[][]>;
  readonly tables: Record<string, { rows: number; sum: number; labels: number; names: string[] | null }>;
}

const oracle = JSON.parse(
  await readFile(new URL('../../oracles/data/scikit-learn.json', import.meta.url), 'utf8'),
) as Oracle;

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anneal-sources-'));
});
after(() => rm(folder, { recursive: true }));

const specOf = (given: object): Data => parse(data, given);
const load = (given: object): Promise<LoadedData> =>
  loadData(specOf(given), { seed: 1, dataFolder: folder, log: () => {} });
const write = (name: string, text: string | Uint8Array) => writeFile(path.join(folder, name), text);
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe('tables of scikit-learn', () => {
  for (const [name, { rows, sum: total, labels, names }] of Object.entries(oracle.tables))
    it(name, async () => {
      const loaded = await load({ type: name });
      assert.equal(loaded.inputs.shape[0], rows);
      assert.deepEqual(loaded.inputs.shape.slice(1), dataShape(specOf({ type: name })).input);
      assert.ok(Math.abs(sum(loaded.inputs.values) - total) <= 1e-6 * total);
      assert.ok(Math.abs(sum(loaded.labels.values) - labels) <= 1e-6 * labels);
      assert.deepEqual(loaded.classNames ?? null, names);
    });
});

describe('preprocessing', () => {
  const inputs = { dtype: 'float32' as const, shape: [40, 4], values: Float32Array.from(oracle.x.flat()) };
  const all = Int32Array.from({ length: 40 }, (_value, row) => row);
  const steps: Record<string, object> = {
    standardize: { type: 'standardize' },
    'min-max': { type: 'min-max' },
    'mean-image': { type: 'mean-image' },
    pca: { type: 'pca', components: 2 },
    'pca, whitened': { type: 'pca', components: 3, whiten: true, epsilon: 1e-12 },
    zca: { type: 'zca' },
  };
  for (const [name, expected] of Object.entries(oracle.results))
    it(`${name} is scikit-learn's`, () => {
      const { preprocessing } = specOf({ type: 'iris', preprocessing: [steps[name]] });
      const { inputs: made, fitted } = preprocess(inputs, all, preprocessing);
      assert.deepEqual(made.shape, [40, expected[0]!.length]);
      expected.flat().forEach((value, i) => {
        assert.ok(
          Math.abs(made.values[i]! - value) <= 2e-5 * Math.max(1, Math.abs(value)),
          `${i}: ${made.values[i]} ${value}`,
        );
      });
      // What is written for whoever feeds the model does the same to new rows.
      const again = fitted.reduce<Parameters<typeof apply>[1]>(
        (rows, step) => apply(JSON.parse(JSON.stringify(step)), rows),
        inputs,
      );
      assert.deepEqual(again.values, made.values);
    });

  it('is fitted on the training rows alone', () => {
    const { preprocessing } = specOf({ type: 'iris', preprocessing: [{ type: 'standardize' }] });
    const rows = all.subarray(0, 20);
    const { inputs: made } = preprocess(inputs, rows, preprocessing);
    assert.ok(Math.abs(sum(made.values.subarray(0, 80).filter((_x, i) => i % 4 === 0))) < 1e-4);
    assert.ok(Math.abs(sum(made.values.filter((_x, i) => i % 4 === 0))) > 1e-2);
  });

  it('refuses more components than features', () => {
    const { preprocessing } = specOf({ type: 'iris', preprocessing: [{ type: 'pca', components: 5 }] });
    assert.throws(
      () => preprocess(inputs, all, preprocessing),
      /preprocessing\[0\]\.components: got 5, the examples have 4/,
    );
  });
});

describe('CSV', () => {
  const table = {
    type: 'csv',
    file: 'table.csv',
    features: ['size', 'colour'],
    label: 'kind',
    classes: ['cat', 'dog'],
    categories: { colour: ['red', 'blue'] },
  };
  const read = async (text: string, changes: object = {}) => {
    await write('table.csv', text);
    return load({ ...table, ...changes, split: { validation: 0 } });
  };

  it('reads numbers, one-hot categories and named classes', async () => {
    const { inputs, labels, classNames } = await read('kind,size,"colour"\r\ndog,1.5,blue\r\n"cat",-2e3,red\r\n');
    assert.deepEqual([...inputs.values], [1.5, 0, 1, -2000, 1, 0]);
    assert.deepEqual([...labels.values], [1, 0]);
    assert.deepEqual(classNames, ['cat', 'dog']);
  });

  it('reads several outputs of a regression, with another delimiter', async () => {
    const spec = { features: ['a'], label: ['b', 'c'], classes: undefined, categories: {}, delimiter: ';' };
    const { labels } = await read('a;b;c\n1;2;3\n4;5;6\n', spec);
    assert.deepEqual(labels, { kind: 'values', shape: [2], values: Float32Array.of(2, 3, 5, 6) });
  });

  it('drops or fills empty cells where asked to', async () => {
    const text = 'kind,size,colour\ncat,1,red\ncat,,red\ndog,3,blue\n';
    assert.deepEqual([...(await read(text, { missing: 'drop' })).inputs.values], [1, 1, 0, 3, 0, 1]);
    assert.deepEqual([...(await read(text, { missing: 'mean' })).inputs.values], [1, 1, 0, 2, 1, 0, 3, 0, 1]);
  });

  const bad: [string, string, object, RegExp][] = [
    [
      'an empty cell',
      'kind,size,colour\ncat,1,red\ncat,,red\n',
      {},
      /line 3 of table\.csv: column 'size' is empty; data\.missing: drop or mean/,
    ],
    [
      'mixed types',
      'kind,size,colour\ncat,1,red\ncat,big,red\n',
      {},
      /line 3 of table\.csv: column 'size' is "big", not a finite number/,
    ],
    ['NaN', 'kind,size,colour\ncat,NaN,red\n', {}, /line 2 of table\.csv: column 'size' is "NaN"/],
    ['a ragged row', 'kind,size,colour\ncat,1\n', {}, /table\.csv is no table: .*line 2/],
    [
      'an unknown category',
      'kind,size,colour\ncat,1,green\n',
      {},
      /column 'colour' is "green", not one of data\.categories\.colour: red, blue/,
    ],
    [
      'an unknown class',
      'kind,size,colour\ncow,1,red\n',
      {},
      /column 'kind' is "cow", not one of data\.classes: cat, dog/,
    ],
    [
      'a label outside the classes',
      'kind,size,colour\n2,1,red\n',
      { classes: 2 },
      /column 'kind' is 2, but data\.classes is 2: classes are 0 to 1/,
    ],
    [
      'a column that is not there',
      'kind,colour\ncat,red\n',
      {},
      /data\.features: table\.csv has no column 'size'; it has kind, colour/,
    ],
    ['a file without rows', 'kind,size,colour\n', {}, /table\.csv holds no rows/],
  ];
  for (const [what, text, changes, message] of bad)
    it(`names ${what}`, async () => {
      await assert.rejects(read(text, changes), message);
    });

  it('names NaN in row 3001 by line and column', async () => {
    const lines = Array.from({ length: 4000 }, (_value, i) => `cat,${i === 2999 ? 'nan' : i},red`);
    await assert.rejects(read(['kind,size,colour', ...lines].join('\n')), /line 3001 of table\.csv: column 'size'/);
  });
});

it('JSON lines: objects, and a line that is none', async () => {
  const spec = { type: 'jsonl', file: 'rows.jsonl', features: ['x', 'y'], label: 'z', split: { validation: 0 } };
  await write('rows.jsonl', '{"x":1,"y":true,"z":0.5}\n\n{"z":2,"y":false,"x":-1}\n');
  const { inputs, labels } = await load(spec);
  assert.deepEqual(
    [[...inputs.values], [...labels.values]],
    [
      [1, 1, -1, 0],
      [0.5, 2],
    ],
  );
  await write('rows.jsonl', '{"x":1,"y":1,"z":1}\n{"x":1,\n');
  await assert.rejects(load(spec), /rows\.jsonl is no JSON in line 2/);
});

it('Parquet: columns by name, and a file that is cut short', async () => {
  const bytes = writeParquet([
    { name: 'y', type: 'INT32', values: Int32Array.of(1, 0, 1) },
    { name: 'x', type: 'DOUBLE', values: Float64Array.of(0.5, 1.5, 2.5) },
  ]);
  const spec = {
    type: 'parquet',
    file: 'rows.parquet',
    features: ['x'],
    label: 'y',
    classes: 2,
    split: { validation: 0 },
  };
  await write('rows.parquet', bytes);
  const { inputs, labels } = await load(spec);
  assert.deepEqual(
    [[...inputs.values], [...labels.values]],
    [
      [0.5, 1.5, 2.5],
      [1, 0, 1],
    ],
  );
  await write('rows.parquet', bytes.slice(0, bytes.length - 20));
  await assert.rejects(load(spec), /rows\.parquet is no whole Parquet file/);
});

it('npz: arrays by name, and one that is not there', async () => {
  const npy = (descr: string, shape: string, values: Uint8Array) => {
    const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
    const header = `${dictionary.padEnd(53)}\n`;
    const head = Buffer.from(`\x93NUMPY\x01\x00  ${header}`, 'latin1');
    head.writeUInt16LE(header.length, 8);
    return Buffer.concat([head, values]);
  };
  const files: Zippable = {
    'x.npy': npy('<f4', '(2, 2)', new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)),
    'y.npy': npy('<i4', '(2,)', new Uint8Array(Int32Array.of(1, 0).buffer)),
  };
  await write('set.npz', zipSync(files));
  const spec = { type: 'npz', file: 'set.npz', shape: [2], classes: 2, split: { validation: 0 } };
  const { inputs, labels } = await load(spec);
  assert.deepEqual(
    [[...inputs.values], [...labels.values]],
    [
      [1, 2, 3, 4],
      [1, 0],
    ],
  );
  await assert.rejects(
    load({ ...spec, inputs: 'features' }),
    /data\.inputs: set\.npz has no array 'features'; it has x, y/,
  );
});

it('IDX: bytes, and a file that is cut short', async () => {
  const head = (...numbers: number[]) =>
    Buffer.from(numbers.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]));
  await write('x.idx', Buffer.concat([head(0x803, 2, 1, 2), Buffer.from([1, 2, 3, 4])]));
  await write('y.idx', Buffer.concat([head(0x801, 2), Buffer.from([1, 0])]));
  const spec = {
    type: 'idx',
    inputs: 'x.idx',
    labels: 'y.idx',
    shape: [1, 2, 1],
    classes: 2,
    split: { validation: 0 },
  };
  const { inputs, labels } = await load(spec);
  assert.deepEqual(
    [[...inputs.values], [...labels.values]],
    [
      [1, 2, 3, 4],
      [1, 0],
    ],
  );
  await write('x.idx', Buffer.concat([head(0x803, 2, 1, 2), Buffer.from([1, 2, 3])]));
  await assert.rejects(load(spec), /x\.idx has 19 bytes where its shape \[2, 1, 2\] takes 20/);
});

it('images: a folder a class, PNG and JPEG; another size and a damaged file are named', async () => {
  const { node } = tf as unknown as {
    node: { encodePng(x: unknown): Promise<Uint8Array>; encodeJpeg(x: unknown): Promise<Uint8Array> };
  };
  const image = (value: number, side = 4) => tf.fill([side, side, 3], value, 'int32');
  for (const [name, value] of [
    ['cat', 10],
    ['dog', 200],
  ] as const) {
    await mkdir(path.join(folder, 'pets', name), { recursive: true });
    await write(`pets/${name}/a.png`, await node.encodePng(image(value)));
    await write(`pets/${name}/b.jpg`, await node.encodeJpeg(image(value)));
  }
  const spec = { type: 'images', folder: 'pets', size: 4, classes: ['cat', 'dog'], split: { validation: 0 } };
  const { inputs, labels, scale } = await load(spec);
  assert.deepEqual(inputs.shape, [4, 4, 4, 3]);
  assert.deepEqual(
    [0, 48, 96, 144].map((at) => inputs.values[at]! > 100),
    [false, false, true, true],
  );
  assert.deepEqual([...labels.values], [0, 0, 1, 1]);
  assert.equal(scale.multiply, 1 / 255);
  await write('pets/dog/c.png', await node.encodePng(image(1, 5)));
  await assert.rejects(load(spec), /pets\/dog\/c\.png is 5 x 5, but data\.size is 4 x 4/);
  await write('pets/dog/c.png', 'no image');
  await assert.rejects(load(spec), /pets\/dog\/c\.png can't be decoded/);
  await assert.rejects(
    load({ ...spec, folder: '..' }),
    /data\.folder: .*leads out of the data folder|there is no folder/,
  );
});

for (const [type, arms] of [
  ['two-spirals', 2],
  ['three-arm-spiral', 3],
] as const)
  it(`${type} is balanced, seeded and of radius 1`, async () => {
    const { inputs, labels } = await load({ type, rows: 300, noise: 0 });
    for (let k = 0; k < arms; k++) assert.equal(labels.values.filter((label) => label === k).length, 300 / arms);
    const radii = Array.from({ length: 300 }, (_value, row) =>
      Math.hypot(inputs.values[2 * row]!, inputs.values[2 * row + 1]!),
    );
    assert.ok(Math.abs(Math.max(...radii) - 1) < 1e-6);
    const noisy = [1, 1].map(() => load({ type, rows: 30 }));
    const [first, second] = await Promise.all(noisy);
    assert.deepEqual(first!.inputs.values, second!.inputs.values);
  });
