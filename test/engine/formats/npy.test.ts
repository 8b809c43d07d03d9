/** Oracle: files written by NumPy. Contract: a damaged file is named, with what is wrong with it. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type NpyFile, openNpy } from '../../../services/engine/formats/npy.ts';
import { pythonEnvironment, runPython } from '../../oracles/python/environment.ts';
import { npyBytes } from '../data/npy-file.ts';
import { temporaryFolder } from '../data/small-set.ts';

const environment = await pythonEnvironment();

async function values(file: NpyFile): Promise<(number | bigint)[]> {
  const all: (number | bigint)[] = [];
  for await (const part of file.parts()) for (const value of part) all.push(value);
  return all;
}

describe('files of NumPy', { skip: 'reason' in environment && environment.reason }, () => {
  const { python } = environment as { python: string };

  it('of every type and version', async (t) => {
    const folder = await temporaryFolder(t);
    const script = `
import sys, numpy
for kind in 'b1 u1 i1 u2 i2 u4 i4 u8 i8 f4 f8'.split():
    for version in (1, 2, 3):
        array = numpy.array([[0, 1, 2], [3, 100, 1]]).astype(kind)
        with open(f'{sys.argv[1]}/{kind}-{version}.npy', 'wb') as file:
            numpy.lib.format.write_array(file, array, version=(version, 0))
`;
    await runPython(python, script, folder);
    for (const kind of 'b1 u1 i1 u2 i2 u4 i4 u8 i8 f4 f8'.split(' ')) {
      for (const version of [1, 2, 3]) {
        const file = await openNpy(path.join(folder, `${kind}-${version}.npy`), kind);
        assert.equal(file.dtype.slice(1), kind);
        assert.deepEqual(file.shape, [2, 3]);
        const expected = kind === 'b1' ? [0, 1, 1, 1, 1, 1] : [0, 1, 2, 3, 100, 1];
        assert.deepEqual((await values(file)).map(Number), expected);
      }
    }
  });

  it('larger than one part, and of one dimension or none', async (t) => {
    const folder = await temporaryFolder(t);
    const script = `
import sys, numpy
numpy.save(sys.argv[1] + '/long.npy', numpy.arange(1200001, dtype='f8') / 3)
numpy.save(sys.argv[1] + '/one.npy', numpy.float32(0.5))
`;
    await runPython(python, script, folder);
    const long = await openNpy(path.join(folder, 'long.npy'), 'long');
    assert.deepEqual(long.shape, [1_200_001]);
    const read = await values(long);
    assert.ok(read.length === 1_200_001 && read.every((value, index) => value === index / 3));
    const one = await openNpy(path.join(folder, 'one.npy'), 'one');
    assert.deepEqual([one.shape, await values(one)], [[], [0.5]]);
  });

  it('in Fortran order, big-endian or structured are refused', async (t) => {
    const folder = await temporaryFolder(t);
    const script = `
import sys, numpy
numpy.save(sys.argv[1] + '/fortran.npy', numpy.asfortranarray(numpy.ones((2, 3))))
numpy.save(sys.argv[1] + '/big.npy', numpy.ones(3, '>f4'))
numpy.save(sys.argv[1] + '/records.npy', numpy.zeros(2, [('a', 'f4'), ('b', 'i4')]))
`;
    await runPython(python, script, folder);
    await assertDamaged(path.join(folder, 'fortran.npy'), /is in Fortran order .* numpy\.ascontiguousarray/);
    await assertDamaged(path.join(folder, 'big.npy'), /holds values of type '>f4', which is big-endian/);
    await assertDamaged(path.join(folder, 'records.npy'), /holds values of type \[\('a', '<f4'\)/);
  });
});

function assertDamaged(file: string, message: RegExp): Promise<void> {
  return assert.rejects(openNpy(file, 'the-file.npy'), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'data_damaged');
    assert.match(error.message, /^data: the-file\.npy /);
    assert.match(error.message, message);
    return true;
  });
}

describe('damaged files', () => {
  const whole = npyBytes({ descr: '<f4', shape: [2, 3], values: new Float32Array(6) });
  const text = (change: (text: string) => string) => Buffer.from(change(whole.toString('latin1')), 'latin1');
  const cases: [string, Uint8Array, RegExp][] = [
    ['empty', new Uint8Array(0), /is not an \.npy file/],
    ['another format', Buffer.from('PK\x03\x04 a zip file'), /is not an \.npy file/],
    ['cut in the magic string', whole.subarray(0, 4), /is not an \.npy file/],
    ['cut after the version', whole.subarray(0, 8), /ends inside its header, after 8 bytes/],
    ['cut in the header', whole.subarray(0, 40), /ends inside its header, after 40 bytes/],
    ['cut in the values', whole.subarray(0, -1), /has 151 bytes where <f4 values of shape \[2, 3\] take 152/],
    ['longer than its shape', Buffer.concat([whole, Buffer.alloc(4)]), /has 156 bytes where .* take 152/],
    ['of a future version', text((all) => all.replace('\x01', '\x04')), /is of \.npy version 4; versions 1 to 3/],
    ['no dict', text((all) => all.replace("{'descr'", "['descr'")), /has a header that is no \.npy header/],
    ['a shape with words', text((all) => all.replace('(2, 3)', '(2, x)')), /has a header that is no \.npy header/],
  ];
  for (const [name, bytes, message] of cases) {
    it(name, async (t: TestContext) => {
      const file = path.join(await temporaryFolder(t), 'x.npy');
      await writeFile(file, bytes);
      await assertDamaged(file, message);
    });
  }
});
