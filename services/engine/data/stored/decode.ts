/** Decodes a data set into the files of stored rows: one pass, in bounded memory. */
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { tableWidth } from '@anneal/schemas';
import { openArrays } from '../arrays.ts';
import { dataFile } from '../data-file.ts';
import type { InputLayout, LabelLayout } from '../data-set.ts';
import type { OpenArrays } from '../open-arrays.ts';
import { openIdx } from '../read-idx.ts';
import { openImageFolder } from '../read-image-folder.ts';
import { decodeTable, type TableData, tableClassNames, tableLabels } from '../read-tables.ts';
import { fillHoles } from '../table.ts';
import { Appender, unwritable } from './appender.ts';
import type { StreamableData } from './content-key.ts';

/** What is known of decoded examples; lies beside them as `about.json`. */
export interface Decoded {
  readonly inputs: InputLayout;
  readonly labels: LabelLayout;
  readonly classNames?: readonly string[];
}

/** @throws AnnealError what reading the source throws; `disk_full`, `data_missing` where the folder can't be written */
export async function decodeInto(folder: string, spec: StreamableData, dataFolder: string): Promise<Decoded> {
  switch (spec.type) {
    case 'npy':
      return appendArrays(folder, await openArrays(spec, dataFolder));
    case 'idx':
      return appendArrays(folder, await openIdx(spec, dataFolder));
    case 'images':
      return appendArrays(folder, await openImageFolder(spec, dataFolder));
    default:
      return appendTable(folder, spec, dataFolder);
  }
}

const appenders = (folder: string, { dtype }: Pick<InputLayout, 'dtype'>, { kind }: Pick<LabelLayout, 'kind'>) => ({
  inputs: new Appender(path.join(folder, 'inputs.bin'), dtype === 'uint8' ? Uint8Array : Float32Array),
  labels: new Appender(path.join(folder, 'labels.bin'), kind === 'class' ? Int32Array : Float32Array),
});

/** Runs `write` and closes the files, however it ends. */
async function closing<T>(files: ReturnType<typeof appenders>, write: () => Promise<T>): Promise<T> {
  const both = [files.inputs, files.labels];
  let result: T;
  try {
    result = await write();
  } catch (error) {
    for (const file of both) file.abandon();
    throw error;
  }
  for (const file of both) file.close();
  return result;
}

async function appendArrays(folder: string, opened: OpenArrays): Promise<Decoded> {
  const { inputs, labels, classNames } = opened;
  const files = appenders(folder, inputs, labels);
  await closing(files, async () => {
    for await (const part of opened.inputParts()) files.inputs.push(part);
    for await (const part of opened.labelParts()) files.labels.push(part);
  });
  return { inputs, labels, ...(classNames && { classNames }) };
}

async function appendTable(folder: string, spec: TableData, dataFolder: string): Promise<Decoded> {
  const file = await dataFile(dataFolder, spec.file, 'data.file');
  const labels = tableLabels(spec);
  const files = appenders(folder, { dtype: 'float32' }, labels);
  const { rows, means } = await closing(files, () => decodeTable(spec, file, files));
  if (means) fillStored(path.join(folder, 'inputs.bin'), means);
  const inputs = { dtype: 'float32' as const, shape: [rows, tableWidth(spec)] };
  return { inputs, labels, ...tableClassNames(spec) };
}

/** Fills the holes of a whole file, in place. */
function fillStored(file: string, means: Float64Array): void {
  const { size } = statSync(file);
  const piece = new Float32Array(means.length * Math.max(1, Math.floor(262_144 / means.length)));
  const handle = openSync(file, 'r+');
  try {
    for (let at = 0; at < size; at += piece.byteLength) {
      const part = piece.subarray(0, Math.min(piece.length, (size - at) / 4));
      const bytes = new Uint8Array(part.buffer, 0, part.byteLength);
      readSync(handle, bytes, 0, bytes.length, at);
      fillHoles(part, means);
      writeSync(handle, bytes, 0, bytes.length, at);
    }
  } catch (cause) {
    throw unwritable(cause, file);
  } finally {
    closeSync(handle);
  }
}
