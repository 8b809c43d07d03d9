/** The key of decoded examples: SHA-256 of all that decides their bytes, which is the content of the files and how the spec reads them. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AnnealError, type Data } from '@anneal/schemas';
import { dataFile } from '../data-file.ts';
import { imageFiles } from '../read-image-folder.ts';

export type StreamableData = Extract<Data, { type: 'csv' | 'jsonl' | 'parquet' | 'npy' | 'idx' | 'images' }>;

/** To be raised when the same content is decoded to other bytes. */
const FORMAT = 1;

export interface ContentKey {
  readonly key: string;
  /** @throws AnnealError `data_damaged` if a file has become another since */
  readonly checkUnchanged: () => Promise<void>;
}

/** Reads every file once. @throws AnnealError `data_missing`, `invalid_spec` */
export async function contentKey(spec: StreamableData, dataFolder: string): Promise<ContentKey> {
  const files = await filesOf(spec, dataFolder);
  const hash = createHash('sha256').update(JSON.stringify([FORMAT, howRead(spec)]));
  const states = new Map<string, string>();
  for (const file of files) {
    states.set(file, await stateOf(file));
    await addFile(hash, file);
  }
  return {
    key: hash.digest('hex'),
    async checkUnchanged() {
      for (const [file, before] of states) {
        if ((await stateOf(file)) === before) continue;
        throw new AnnealError('data_damaged', `data: ${file} was changed while it was read; submit the job again`);
      }
    },
  };
}

async function filesOf(spec: StreamableData, dataFolder: string): Promise<string[]> {
  if (spec.type === 'images') return (await imageFiles(spec, dataFolder)).map(({ file }) => file);
  if (spec.type === 'npy' || spec.type === 'idx') {
    const inputs = await dataFile(dataFolder, spec.inputs, 'data.inputs');
    return spec.labels === undefined ? [inputs] : [inputs, await dataFile(dataFolder, spec.labels, 'data.labels')];
  }
  return [await dataFile(dataFolder, spec.file, 'data.file')];
}

/** The spec without the names of the files, and without what is done to decoded examples. */
function howRead(spec: StreamableData): unknown {
  const { split: _split, scale: _scale, preprocessing: _steps, limit: _limit, ...rest } = spec;
  const { streaming: _streaming, windowMebibytes: _window, ...read } = rest;
  const named = ['file', 'inputs', 'labels', 'folder'];
  const kept = Object.entries(read).filter(([name]) => !named.includes(name));
  // Numbers of files tell a set without labels from one with them.
  return [kept.sort(([a], [b]) => (a < b ? -1 : 1)), 'labels' in spec && spec.labels !== undefined];
}

async function addFile(hash: Hash, file: string): Promise<void> {
  const { size } = await stat(file);
  hash.update(`${size};`);
  for await (const part of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(part as Uint8Array);
}

async function stateOf(file: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(file);
  return [size, mtimeMs, ino].join();
}
