/** How large a data set is once it is decoded, known or estimated before it is read. */
import { open, stat } from 'node:fs/promises';
import { type Data, dataShape } from '@anneal/schemas';
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { openArrays } from './arrays.ts';
import { dataFile } from './data-file.ts';
import { exampleBytes, type InputLayout, type LabelLayout } from './data-set.ts';
import { openIdx } from './read-idx.ts';
import { imageFiles } from './read-image-folder.ts';
import type { StreamableData } from './stored/content-key.ts';

/** Bytes at the start of a text whose lines are counted. */
const SAMPLE = 2 ** 20;

/** With the preprocessing. Exact where a header says so; of CSV and JSON lines by the lines of the first mebibyte. @throws AnnealError what opening the files throws */
export async function decodedBytes(spec: StreamableData, dataFolder: string): Promise<number> {
  const { inputs, labels } = await layouts(spec, dataFolder);
  const [rows = 0] = inputs.shape;
  const dtype = spec.preprocessing.length > 0 ? 'float32' : inputs.dtype;
  return rows * exampleBytes({ dtype, shape: [rows, ...dataShape(spec).input] }, labels);
}

async function layouts(
  spec: StreamableData,
  dataFolder: string,
): Promise<{ inputs: InputLayout; labels: LabelLayout }> {
  if (spec.type === 'npy') return openArrays(spec, dataFolder);
  if (spec.type === 'idx') return openIdx(spec, dataFolder);
  const { input, target } = dataShape({ ...spec, preprocessing: [] } as Data);
  if (spec.type === 'images') {
    const { length } = await imageFiles(spec, dataFolder);
    return { inputs: { dtype: 'uint8', shape: [length, ...input] }, labels: target };
  }
  const file = await dataFile(dataFolder, spec.file, 'data.file');
  const rows = spec.type === 'parquet' ? await parquetRows(file) : await textLines(file);
  return { inputs: { dtype: 'float32', shape: [rows, ...input] }, labels: target };
}

/** 0 of a damaged file, whose reading tells what is wrong with it. */
async function parquetRows(file: string): Promise<number> {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file)).catch(() => null);
  return Number(metadata?.num_rows ?? 0);
}

async function textLines(file: string): Promise<number> {
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    const start = Buffer.alloc(Math.min(size, SAMPLE));
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    let lines = 0;
    for (let at = 0; at < bytesRead; at++) if (start[at] === 10) lines += 1;
    return bytesRead === 0 ? 0 : Math.ceil((Math.max(1, lines) * size) / bytesRead);
  } finally {
    await handle.close();
  }
}
