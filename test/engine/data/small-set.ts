/** A published set of a few bytes, to try the cache on without the network. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { PublishedSet } from '../../../services/engine/data/sets/published-set.ts';
import type { PublishedFile, Source } from '../../../services/engine/data/sources/source.ts';

/** A folder that goes away with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'anneal-data-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An IDX file of unsigned bytes: magic number 0x0000 08 DIMENSIONS, the dimensions, the values. */
function idx(shape: readonly number[], value: (index: number) => number): Uint8Array {
  const header = new Uint8Array(4 + 4 * shape.length);
  const view = new DataView(header.buffer);
  view.setUint8(2, 8);
  view.setUint8(3, shape.length);
  for (const [axis, side] of shape.entries()) view.setInt32(4 + 4 * axis, side);
  const size = shape.reduce((product, side) => product * side, 1);
  return Buffer.concat([header, Uint8Array.from({ length: size }, (_, index) => value(index))]);
}

/** 8 rows to train on and 4 to test on, of 2 x 3 bytes. Byte i of the images is i, row i is of class i mod 3. */
const contents = new Map<string, Uint8Array>([
  ['train-images', idx([8, 2, 3], (index) => index)],
  ['train-labels', idx([8], (index) => index % 3)],
  ['test-images', idx([4, 2, 3], (index) => 48 + index)],
  ['test-labels', idx([4], (index) => (index + 8) % 3)],
]);

function file(name: string): PublishedFile {
  const bytes = contents.get(name) as Uint8Array;
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function smallSet(...sources: Source[]): PublishedSet {
  return {
    name: 'small',
    classNames: ['a', 'b', 'c'],
    files: {
      trainingImages: file('train-images'),
      trainingLabels: file('train-labels'),
      testImages: file('test-images'),
      testLabels: file('test-labels'),
    },
    sources,
  };
}

/** Writes the files as published into a folder, which may not be there yet. */
export async function publish(folder: string, change: (name: string, bytes: Uint8Array) => Uint8Array = (_, b) => b) {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of contents) await writeFile(path.join(folder, name), change(name, bytes));
}

/** A source that has the files and counts how often it is asked. */
export function goodSource(name = 'a good source'): Source & { asked: number } {
  return {
    name,
    asked: 0,
    async obtain(folder) {
      this.asked += 1;
      await publish(folder);
    },
  };
}

export function failingSource(name: string, message: string, code?: string): Source {
  return {
    name,
    obtain: () => Promise.reject(Object.assign(new Error(message), { code })),
  };
}
