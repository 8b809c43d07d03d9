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
  const labels = files.map(({ label }) => label);
  const hash = createHash('sha256').update(JSON.stringify([FORMAT, howRead(spec), labels]));
  const states: string[] = [];
  for (const { file } of files) {
    states.push(await stateOf(file));
    await addFile(hash, file);
  }
  return {
    key: hash.digest('hex'),
    async checkUnchanged() {
      const now = await filesOf(spec, dataFolder);
      if (now.length !== files.length) throw changed(dataFolder);
      for (const [i, { file }] of now.entries())
        if (file !== files[i]!.file || (await stateOf(file)) !== states[i]) throw changed(file);
    },
  };
}

const changed = (place: string): AnnealError =>
  new AnnealError('data_damaged', `data: ${place} was changed while it was read; submit the job again`);

/** In the order in which they are decoded. An image's label is its folder's: it is no part of the file. */
async function filesOf(
  spec: StreamableData,
  dataFolder: string,
): Promise<readonly { readonly file: string; readonly label?: number }[]> {
  if (spec.type === 'images') return imageFiles(spec, dataFolder);
  if (spec.type === 'npy' || spec.type === 'idx') {
    const inputs = { file: await dataFile(dataFolder, spec.inputs, 'data.inputs') };
    if (spec.labels === undefined) return [inputs];
    return [inputs, { file: await dataFile(dataFolder, spec.labels, 'data.labels') }];
  }
  return [{ file: await dataFile(dataFolder, spec.file, 'data.file') }];
}

/** The spec without the names of the files, and without what is done to decoded examples. */
function howRead(spec: StreamableData): unknown {
  const { split: _split, scale: _scale, preprocessing: _steps, limit: _limit, ...rest } = spec;
  const { streaming: _streaming, windowMebibytes: _window, ...read } = rest;
  const named = ['dataset', 'file', 'inputs', 'labels', 'folder'];
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
