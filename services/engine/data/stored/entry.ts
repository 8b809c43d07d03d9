/**
 * Decoded examples in the user's cache: `examples/KEY/` holds `inputs.bin`, `labels.bin` and `about.json`. An entry appears by one rename,
 * so it is whole or not there; processes that decode at the same time do the same work and the first to finish wins.
 */
import { createHash } from 'node:crypto';
import { linkSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defaultCacheFolder, makeStaging } from '../cache.ts';
import { eachChunk } from '../chunks.ts';
import { exampleBytes, inputWidth, type StoredExamples } from '../data-set.ts';
import { Appender, unwritable } from './appender.ts';
import { contentKey, type StreamableData } from './content-key.ts';
import { type Decoded, decodeInto } from './decode.ts';
import type { StoredRows } from './stored-rows.ts';

export interface StoreOptions {
  readonly dataFolder: string;
  readonly cacheFolder?: string | undefined;
  readonly log: (line: string) => void;
}

/** Finds the decoded examples of a spec, or decodes them. @throws AnnealError what decodeInto throws */
export async function storedExamples(
  spec: StreamableData,
  options: StoreOptions,
): Promise<Decoded & { readonly stored: StoredRows }> {
  const { key, checkUnchanged } = await contentKey(spec, options.dataFolder);
  const { about, folder } = await findOrMake(key, options, async (staging) => {
    const start = performance.now();
    const decoded = await decodeInto(staging, spec, options.dataFolder);
    await checkUnchanged();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    options.log(`decoded ${decoded.inputs.shape[0]?.toLocaleString('en-US')} examples in ${seconds} s`);
    return decoded;
  });
  return { ...about, stored: { folder, inputs: about.inputs, labels: about.labels, steps: [] } };
}

/** Writes the examples as their steps leave them, where that is dear: products by a matrix, which would be taken in every epoch. */
export async function withLinearStepsTaken(data: StoredExamples, options: StoreOptions): Promise<StoredExamples> {
  const { stored } = data;
  if (stored.steps.every(({ type }) => type === 'affine')) return data;
  const key = createHash('sha256')
    .update(JSON.stringify([stored.folder, stored.steps]))
    .digest('hex');
  const { folder } = await findOrMake(key, options, async (staging) => {
    await copyFileOrLink(path.join(stored.folder, 'labels.bin'), path.join(staging, 'labels.bin'));
    const file = new Appender(path.join(staging, 'inputs.bin'), Float32Array);
    eachChunk(data, ({ count, inputs }) => file.push(inputs.subarray(0, count * inputWidth(data.inputs))));
    file.close();
    return { inputs: data.inputs, labels: stored.labels };
  });
  return { ...data, stored: { folder, inputs: data.inputs, labels: stored.labels, steps: [] } };
}

async function findOrMake(
  key: string,
  { cacheFolder = defaultCacheFolder() }: StoreOptions,
  make: (staging: string) => Promise<Decoded>,
): Promise<{ about: Decoded; folder: string }> {
  const folder = path.join(cacheFolder, 'examples', key.slice(0, 32));
  const found = await readEntry(folder);
  if (found) return { about: found, folder };
  const staging = await makeStaging(folder);
  try {
    const made = path.join(staging, 'made');
    await mkdir(made);
    await writeFile(path.join(made, 'about.json'), JSON.stringify(await make(made)));
    // What is there is damaged, or of a process that was faster.
    if (!(await readEntry(folder))) await rename(folder, path.join(staging, 'replaced')).catch(ignore('ENOENT'));
    await rename(made, folder).catch(ignore('ENOTEMPTY', 'EEXIST'));
  } catch (error) {
    throw unwritable(error, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  const about = await readEntry(folder);
  if (!about) throw new Error(`${folder} was removed while it was made`);
  return { about, folder };
}

/** Null where the entry is not there or not whole. */
async function readEntry(folder: string): Promise<Decoded | null> {
  try {
    const about = JSON.parse(await readFile(path.join(folder, 'about.json'), 'utf8')) as Decoded;
    const sizes = await Promise.all(['inputs.bin', 'labels.bin'].map((name) => stat(path.join(folder, name))));
    const needed = (about.inputs.shape[0] ?? 0) * exampleBytes(about.inputs, about.labels);
    return sizes.reduce((sum, { size }) => sum + size, 0) === needed ? about : null;
  } catch {
    return null;
  }
}

async function copyFileOrLink(from: string, to: string): Promise<void> {
  try {
    linkSync(from, to);
  } catch {
    await copyFile(from, to);
  }
}

const ignore =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
