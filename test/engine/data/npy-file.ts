/** Writes .npy files for tests, right ones and wrong ones. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

export interface NpyContent {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly values: NodeJS.TypedArray;
  readonly fortran?: boolean;
}

/** The bytes as numpy.save writes them: version 1.0, header padded to a multiple of 64. */
export function npyBytes({ descr, shape, values, fortran = false }: NpyContent): Buffer {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dict = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${sides}), }`;
  const length = Math.ceil((10 + dict.length + 1) / 64) * 64 - 10;
  const lead = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  lead.writeUInt16LE(length, 8);
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.concat([lead, Buffer.from(`${dict.padEnd(length - 1)}\n`), raw]);
}

export function writeNpy(folder: string, name: string, content: NpyContent): Promise<void> {
  return writeFile(path.join(folder, name), npyBytes(content));
}
