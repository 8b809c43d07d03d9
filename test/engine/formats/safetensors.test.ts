/** Oracle: the safetensors library, both ways. Contract: whatever is wrong with a file is named. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type NamedTensor, readSafetensors, writeSafetensors } from '../../../services/engine/formats/safetensors.ts';
import { pythonEnvironment, runPython } from '../../oracles/python/environment.ts';
import { temporaryFolder } from '../data/small-set.ts';

const environment = await pythonEnvironment();

const tensors: NamedTensor[] = [
  { name: 'bytes', dtype: 'U8', shape: [3], values: Uint8Array.of(1, 2, 255) },
  { name: 'dense/kernel', dtype: 'F32', shape: [2, 3], values: Float32Array.of(0.1, -2, Number.NaN, Infinity, 5, 6) },
  { name: 'step', dtype: 'I32', shape: [], values: Int32Array.of(-7) },
  { name: 'größe', dtype: 'F32', shape: [0, 4], values: new Float32Array(0) },
  { name: 'doubles', dtype: 'F64', shape: [2], values: Float64Array.of(0.1, Number.NaN) },
  { name: '7', dtype: 'F32', shape: [1], values: Float32Array.of(7) },
];
const byName = (list: readonly NamedTensor[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));

it('reads what it wrote, values bit for bit', () => {
  const { tensors: read, metadata } = readSafetensors(writeSafetensors(tensors, { format: 'tf', epoch: '3' }));
  assert.deepEqual(byName(read), byName(tensors));
  assert.deepEqual(metadata, { format: 'tf', epoch: '3' });
  assert.deepEqual(readSafetensors(writeSafetensors([])), { tensors: [], metadata: {} });
});

it('reads a file that lies anywhere in a buffer', () => {
  const file = writeSafetensors(tensors);
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  assert.deepEqual(byName(readSafetensors(shifted.subarray(3)).tensors), byName(tensors));
});

describe('with the safetensors library', { skip: 'reason' in environment && environment.reason }, () => {
  const { python } = environment as { python: string };

  it('it reads ours', async (t) => {
    const file = path.join(await temporaryFolder(t), 'x.safetensors');
    await writeFile(file, writeSafetensors(tensors, { format: 'tf' }));
    const script = `
import sys, json, safetensors, safetensors.numpy
tensors = safetensors.numpy.load_file(sys.argv[1])
with safetensors.safe_open(sys.argv[1], 'np') as opened: metadata = opened.metadata()
print(json.dumps([metadata, {k: [str(v.dtype), v.shape, v.tobytes().hex()] for k, v in tensors.items()}]))
`;
    const [metadata, read] = JSON.parse(await runPython(python, script, file));
    const dtypes = { F64: 'float64', F32: 'float32', I32: 'int32', U8: 'uint8' };
    const expected = tensors.map(({ name, dtype, shape, values }) => {
      const hex = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
      return [name, [dtypes[dtype], shape, hex]];
    });
    assert.deepEqual(read, Object.fromEntries(expected));
    assert.deepEqual(metadata, { format: 'tf' });
  });

  it('we read its', async (t) => {
    const file = path.join(await temporaryFolder(t), 'x.safetensors');
    const script = `
import sys, numpy, safetensors.numpy
arrays = {'a': numpy.arange(6, dtype='f4').reshape(2, 3), 'b': numpy.array(5, 'i4'), 'c': numpy.array([1, 2], 'u1'), 'd': numpy.array([0.1], 'f8')}
safetensors.numpy.save_file(arrays, sys.argv[1], metadata={'who': 'python'})
`;
    await runPython(python, script, file);
    const { tensors: read, metadata } = readSafetensors(await readFile(file));
    assert.deepEqual(byName(read), [
      { name: 'a', dtype: 'F32', shape: [2, 3], values: Float32Array.of(0, 1, 2, 3, 4, 5) },
      { name: 'b', dtype: 'I32', shape: [], values: Int32Array.of(5) },
      { name: 'c', dtype: 'U8', shape: [2], values: Uint8Array.of(1, 2) },
      { name: 'd', dtype: 'F64', shape: [1], values: Float64Array.of(0.1) },
    ]);
    assert.deepEqual(metadata, { who: 'python' });
  });
});

describe('damaged files', () => {
  const entry = (from: number, to: number, dtype = 'U8', shape: unknown = [to - from]) => ({
    dtype,
    shape,
    data_offsets: [from, to],
  });
  const file = (header: unknown, bytes: number) => {
    const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([length, json, Buffer.alloc(bytes)]);
  };
  const whole = writeSafetensors(tensors);
  const cases: [string, Uint8Array, RegExp][] = [
    ['too short', whole.subarray(0, 7), /has 7 bytes, too few for a header/],
    ['cut in the header', whole.subarray(0, 50), /gives its header \d+ bytes, but has 50 in all/],
    ['cut in the values', whole.subarray(0, -1), /ends inside bytes/],
    ['a header without end', Buffer.alloc(64, 0xff), /gives its header 18446744073709551615 bytes/],
    ['no JSON', file('{"a": ', 0), /has a header that is not JSON/],
    ['a list', file([], 0), /has a header that is no JSON object/],
    ['a hole', file({ a: entry(0, 2), b: entry(3, 4) }, 4), /has a hole at byte 2 of its values, before b/],
    ['an overlap', file({ a: entry(0, 2), b: entry(1, 4) }, 4), /has an overlap at byte 2 of its values, before b/],
    ['more values than tensors', file({ a: entry(0, 2) }, 5), /has 3 bytes that belong to no tensor/],
    [
      'a shape of another size',
      file({ a: entry(0, 4, 'F32', [2]) }, 4),
      /gives a 4 bytes, but F32 of shape \[2\] takes 8/,
    ],
    ['a negative shape', file({ a: entry(0, 4, 'U8', [-4]) }, 4), /describes a by something else/],
    ['another type', file({ a: entry(0, 4, 'BF16', [2]) }, 4), /has a of type BF16; F64, F32, I32, U8 can be read/],
    ['numbers as metadata', file({ __metadata__: { epoch: 3 } }, 0), /has metadata that are not strings/],
  ];
  for (const [name, bytes, message] of cases) {
    it(name, () => {
      assert.throws(() => readSafetensors(bytes, 'weights.safetensors'), { code: 'data_damaged', message });
    });
  }
});

it('refuses to write what does not fit', () => {
  const tensor: NamedTensor = { name: 'a', dtype: 'F32', shape: [2], values: new Float32Array(2) };
  assert.throws(() => writeSafetensors([tensor, tensor]), /two tensors are called a/);
  assert.throws(() => writeSafetensors([{ ...tensor, shape: [3] }]), /a holds 2 values, not F32 of shape \[3\]/);
  assert.throws(() => writeSafetensors([{ ...tensor, dtype: 'I32' }]), /not I32 of shape \[2\]/);
});
