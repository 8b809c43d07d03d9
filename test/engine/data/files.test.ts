/** Every other kind of file reads what was written, and names what is wrong with it. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { type Zippable, zipSync } from 'fflate';
import { writeParquet } from '../../../services/engine/formats/parquet.ts';
import { tf } from '../../../services/engine/tensorflow.ts';
import { folder, load, write } from './loading.ts';
import { npyBytes } from './npy-file.ts';

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
  const files: Zippable = {
    'x.npy': npyBytes({ descr: '<f4', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }),
    'y.npy': npyBytes({ descr: '<i4', shape: [2], values: Int32Array.of(1, 0) }),
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
