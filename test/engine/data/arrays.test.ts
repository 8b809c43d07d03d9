/** Contract of .npy data: what fits is loaded, what does not is named by file, row and column. */
import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Data, data } from '@anneal/schemas';
import { loadData } from '../../../services/engine/data/load.ts';
import { type NpyContent, writeNpy } from './npy-file.ts';
import { temporaryFolder } from './small-set.ts';

const inputs: NpyContent = { descr: '<f4', shape: [4, 2], values: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7) };
const labels: NpyContent = { descr: '<i8', shape: [4], values: BigInt64Array.of(0n, 1n, 2n, 1n) };
const fields = { inputs: 'x.npy', labels: 'y.npy', shape: [2], classes: 3, split: { validation: 0.25 } };

async function load(t: TestContext, x: NpyContent, y: NpyContent, spec: object = {}) {
  const folder = await temporaryFolder(t);
  await writeNpy(folder, 'x.npy', x);
  await writeNpy(folder, 'y.npy', y);
  return loadFrom(folder, spec);
}

function loadFrom(dataFolder: string, spec: object) {
  return loadData(data.parse({ type: 'npy', ...fields, ...spec }) as Data, { seed: 1, dataFolder, log: () => {} });
}

describe('arrays that fit', () => {
  it('classes', async (t) => {
    const loaded = await load(t, inputs, labels);
    assert.deepEqual(loaded.inputs, { dtype: 'float32', shape: [4, 2], values: inputs.values });
    assert.deepEqual(loaded.labels, { kind: 'class', classes: 3, values: Int32Array.of(0, 1, 2, 1) });
    assert.deepEqual(
      [loaded.splits.training.length, loaded.splits.validation.length, loaded.splits.test.length],
      [3, 1, 0],
    );
    assert.deepEqual([loaded.scale, loaded.source], [{ multiply: 1, add: 0 }, 'the files x.npy and y.npy']);
  });

  it('a regression, float64 made float32, sides of length 1 added', async (t) => {
    const y: NpyContent = { descr: '<f8', shape: [4], values: Float64Array.of(0.1, 0.2, 0.3, 1e-50) };
    const loaded = await load(t, inputs, y, { classes: undefined });
    assert.deepEqual(loaded.labels, { kind: 'values', shape: [1], values: Float32Array.of(0.1, 0.2, 0.3, 0) });
  });

  it('bytes stay bytes, scaled in the graph', async (t) => {
    const x: NpyContent = { descr: '|u1', shape: [4, 1, 2], values: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255) };
    const loaded = await load(t, x, labels, { shape: [1, 2, 1], scale: 'unit' });
    assert.deepEqual(loaded.inputs, { dtype: 'uint8', shape: [4, 1, 2, 1], values: x.values });
    assert.equal(loaded.scale.multiply, 1 / 255);
  });
});

const wrong: [string, NpyContent, NpyContent, object, string, RegExp][] = [
  [
    'another shape',
    inputs,
    labels,
    { shape: [3] },
    'invalid_spec',
    /data\.shape: examples in x\.npy have shape \[2\], but \[3\] is needed/,
  ],
  [
    'fewer labels',
    inputs,
    { ...labels, shape: [3], values: BigInt64Array.of(0n, 1n, 2n) },
    {},
    'data_damaged',
    /y\.npy has 3 rows, but x\.npy has 4/,
  ],
  [
    'a class too high',
    inputs,
    labels,
    { classes: 2 },
    'data_damaged',
    /row 2 of y\.npy is of class 2, but data\.classes is 2: classes are 0 to 1/,
  ],
  [
    'a negative class',
    inputs,
    { descr: '<i4', shape: [4], values: Int32Array.of(0, 1, 2, -1) },
    {},
    'data_damaged',
    /row 3 of y\.npy is of class -1/,
  ],
  [
    'float classes',
    inputs,
    { descr: '<f4', shape: [4], values: new Float32Array(4) },
    {},
    'data_damaged',
    /y\.npy holds values of type <f4; classes are integers/,
  ],
  ['int64 as values', inputs, labels, { classes: undefined }, 'data_damaged', /labels of a regression are numbers/],
  [
    'complex inputs',
    { ...inputs, descr: '<c8', shape: [4, 1] },
    labels,
    {},
    'data_damaged',
    /x\.npy holds values of type '<c8'/,
  ],
  [
    'integers as inputs',
    { descr: '<i4', shape: [4, 2], values: new Int32Array(8) },
    labels,
    {},
    'data_damaged',
    /inputs are uint8, float32 or float64/,
  ],
  [
    'NaN',
    { ...inputs, values: Float32Array.of(0, 1, 2, 3, 4, Number.NaN, 6, 7) },
    labels,
    {},
    'data_damaged',
    /data\.inputs: row 2, column 1 of x\.npy is NaN, not a finite number/,
  ],
  [
    'infinity in many dimensions',
    { descr: '<f4', shape: [4, 2, 2], values: new Float32Array(16).fill(-Infinity, 14) },
    labels,
    { shape: [2, 2] },
    'data_damaged',
    /row 3, index \[1, 0\] of x\.npy is -Infinity/,
  ],
  [
    'a float64 too large',
    { descr: '<f8', shape: [4, 2], values: new Float64Array(8).fill(1e300, 7) },
    labels,
    {},
    'data_damaged',
    /row 3, column 1 of x\.npy is 1e\+300, which is too large for float32/,
  ],
  [
    'no rows',
    { ...inputs, shape: [0, 2], values: new Float32Array(0) },
    { ...labels, shape: [0], values: new BigInt64Array(0) },
    {},
    'invalid_spec',
    /of 0 examples/,
  ],
  [
    'one number',
    { ...inputs, shape: [], values: Float32Array.of(1) },
    labels,
    {},
    'data_damaged',
    /x\.npy holds one number, not rows/,
  ],
];

describe('arrays that do not fit', () => {
  for (const [name, x, y, spec, code, message] of wrong) {
    it(name, async (t) => {
      await assert.rejects(load(t, x, y, spec), { name: 'AnnealError', code, message });
    });
  }
});

describe('files of a spec', () => {
  it('lie under the data folder', async (t) => {
    const folder = await temporaryFolder(t);
    await mkdir(path.join(folder, 'data', 'inner'), { recursive: true });
    await writeNpy(folder, 'data/inner/x.npy', inputs);
    await writeNpy(folder, 'data/y.npy', labels);
    await writeNpy(folder, 'secret.npy', inputs);
    await symlink(path.join(folder, 'secret.npy'), path.join(folder, 'data', 'link.npy'));
    const root = path.join(folder, 'data');
    assert.equal((await loadFrom(root, { inputs: 'inner/../inner/x.npy' })).inputs.shape[0], 4);
    for (const name of [
      '../secret.npy',
      path.join(folder, 'secret.npy'),
      'link.npy',
      'inner/../../secret.npy',
      '.',
      'a\0',
    ]) {
      const message = `data.inputs: '${name}' leads out of the data folder of the service`;
      await assert.rejects(loadFrom(root, { inputs: name }), { code: 'invalid_spec', param: 'data.inputs', message });
    }
  });

  it('are named when they are missing', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(path.join(folder, 'x.npy'), 'nothing of NumPy');
    await assert.rejects(loadFrom(folder, { inputs: 'z.npy' }), {
      code: 'data_missing',
      param: 'data.inputs',
      message: /'z\.npy' .*there is no such file/,
    });
    await mkdir(path.join(folder, 'z.npy'));
    await assert.rejects(loadFrom(folder, { inputs: 'z.npy' }), { code: 'data_missing', message: /it is not a file/ });
    await assert.rejects(loadFrom(folder, {}), { code: 'data_damaged', message: /x\.npy is not an \.npy file/ });
  });
});
