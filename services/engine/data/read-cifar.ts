/**
 * Reads CIFAR's binary format: a record is one label byte (CIFAR-10) or a coarse and a fine one (CIFAR-100), then 32 · 32 bytes of red, of green and
 * of blue. Source: Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html.
 */
import { readFile } from 'node:fs/promises';
import { AnnealError, type CifarLabels, cifarClasses, type Data } from '@anneal/schemas';
import { dataFile } from './data-file.ts';
import type { Inputs, Labels } from './load.ts';

const SIDE = 32;
const PIXELS = SIDE * SIDE;

/** Bytes of labels a record, and which of them counts. */
const labelBytes: Readonly<Record<CifarLabels, { readonly count: number; readonly at: number }>> = {
  'cifar-10': { count: 1, at: 0 },
  'cifar-100-coarse': { count: 2, at: 0 },
  'cifar-100-fine': { count: 2, at: 1 },
};

export interface CifarRecords {
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
}

/** Images [rows, 32, 32, 3], those of the test files last. @throws AnnealError `data_missing`, `data_damaged` */
export async function readCifar(
  { files, testFiles, labels: kind }: Extract<Data, { type: 'cifar' }>,
  dataFolder: string,
): Promise<{ inputs: Inputs; labels: Labels; publishedTest: number }> {
  const read = (names: readonly string[], field: string) =>
    Promise.all(
      names.map(async (name, i) => {
        const param = `data.${field}[${i}]`;
        return cifarRecords(await readFile(await dataFile(dataFolder, name, param)), kind, name, param);
      }),
    );
  return cifarImages(await read(files, 'files'), await read(testFiles, 'testFiles'), kind);
}

/** All records in one array. */
export function cifarImages(
  training: readonly CifarRecords[],
  tested: readonly CifarRecords[],
  kind: CifarLabels,
): { inputs: Inputs; labels: Labels; publishedTest: number } {
  const parts = [...training, ...tested];
  const rows = parts.reduce((sum, part) => sum + part.labels.length, 0);
  const values = new Uint8Array(rows * PIXELS * 3);
  const labels = new Int32Array(rows);
  let at = 0;
  for (const part of parts) {
    values.set(part.pixels, at * PIXELS * 3);
    labels.set(part.labels, at);
    at += part.labels.length;
  }
  return {
    inputs: { dtype: 'uint8', shape: [rows, SIDE, SIDE, 3], values },
    labels: { kind: 'class', classes: cifarClasses[kind], values: labels },
    publishedTest: tested.reduce((sum, part) => sum + part.labels.length, 0),
  };
}

/** The records of one file. @param param field that names the file. @throws AnnealError `data_damaged` */
export function cifarRecords(bytes: Uint8Array, kind: CifarLabels, name: string, param: string): CifarRecords {
  const { count, at } = labelBytes[kind];
  const record = count + 3 * PIXELS;
  const damaged = (text: string) => new AnnealError('data_damaged', `${param}: ${name} ${text}`, param);
  if (bytes.length === 0 || bytes.length % record !== 0)
    throw damaged(`has ${bytes.length} bytes, which are no whole records of ${record}; data.labels is '${kind}'`);
  const rows = bytes.length / record;
  const pixels = new Uint8Array(rows * 3 * PIXELS);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * record;
    const label = bytes[start + at]!;
    if (label >= cifarClasses[kind])
      throw damaged(`holds class ${label} in record ${row}; ${kind} has classes 0 to ${cifarClasses[kind] - 1}`);
    labels[row] = label;
    for (let channel = 0; channel < 3; channel++) {
      const plane = start + count + channel * PIXELS;
      for (let pixel = 0; pixel < PIXELS; pixel++) pixels[(row * PIXELS + pixel) * 3 + channel] = bytes[plane + pixel]!;
    }
  }
  return { pixels, labels };
}
