/**
 * The per-user cache of published data sets: `datasets/NAME-SHA12/` holds the files uncompressed and `source.json`.
 *
 * An entry appears by one rename, so it is whole or not there; processes that fetch at the same time do the same work
 * and the first to finish wins.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import type { Published } from './sets/published-set.ts';
import type { PublishedFile } from './sources/source.ts';

export interface CacheOptions {
  readonly cacheFolder?: string | undefined;
  readonly log: (line: string) => void;
}

/** $ANNEAL_CACHE, else the user's cache folder as the system has it: the same one as the set-up's. */
export function defaultCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.ANNEAL_CACHE) return path.resolve(environment.ANNEAL_CACHE);
  if (environment.XDG_CACHE_HOME) return path.join(environment.XDG_CACHE_HOME, 'anneal');
  const caches = process.platform === 'darwin' ? path.join('Library', 'Caches') : '.cache';
  return path.join(os.homedir(), caches, 'anneal');
}

/** The set's folder in the cache, whether it is there or not. */
export function entryFolder(set: Published, cacheFolder = defaultCacheFolder()): string {
  const hash = createHash('sha256');
  for (const file of Object.values(set.files)) hash.update(file.sha256);
  return path.join(cacheFolder, 'datasets', `${set.name}-${hash.digest('hex').slice(0, 12)}`);
}

/** Name of the source an entry came from. */
export async function entrySource(entry: string): Promise<string> {
  const text = await readFile(path.join(entry, 'source.json'), 'utf8');
  return (JSON.parse(text) as { source: string }).source;
}

/**
 * Fetches a set from the first source that has it, checks every file and puts it into the cache in place of what is there.
 * @throws AnnealError `data_missing` naming each source and why it failed; `disk_full`
 */
export async function fetchIntoCache(set: Published, { cacheFolder, log }: CacheOptions): Promise<void> {
  const entry = entryFolder(set, cacheFolder);
  const files = Object.values(set.files);
  const reasons: string[] = [];
  for (const source of set.sources) {
    const staging = await makeStaging(entry);
    try {
      const content = path.join(staging, 'obtained');
      await mkdir(content);
      await source.obtain(content, { files, log });
      const checked = path.join(staging, 'checked');
      await mkdir(checked);
      for (const file of files) await moveChecked(file, content, checked);
      await writeFile(path.join(checked, 'source.json'), JSON.stringify({ source: source.name }));
      await replace(entry, checked, staging);
      log(`${set.name}: fetched from ${source.name}, checked, kept in ${entry}`);
      return;
    } catch (error) {
      throwIfFull(error, entry);
      reasons.push(`${source.name}: ${(error as Error).message}`);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }
  const message = `data: ${set.name} could not be fetched from any of its sources. ${reasons.join('; ')}`;
  throw new AnnealError('data_missing', message, 'data.type');
}

/** A folder beside the entry, on the same disk; leftovers of processes that died more than a day ago are removed. */
export async function makeStaging(entry: string): Promise<string> {
  const parent = path.dirname(entry);
  const prefix = `.${path.basename(entry)}.`;
  try {
    await mkdir(parent, { recursive: true });
    for (const name of await readdir(parent)) {
      if (!name.startsWith(prefix)) continue;
      const age = Date.now() - (await stat(path.join(parent, name)).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > 86_400_000) await rm(path.join(parent, name), { recursive: true, force: true });
    }
    const staging = path.join(parent, prefix + randomUUID());
    await mkdir(staging);
    return staging;
  } catch (cause) {
    throwIfFull(cause, entry);
    const message = `data: the cache folder ${parent} cannot be written (${(cause as NodeJS.ErrnoException).code}); name another one in ANNEAL_CACHE`;
    throw new AnnealError('data_missing', message, null, [], { cause });
  }
}

async function moveChecked(file: PublishedFile, from: string, to: string): Promise<void> {
  const bytes = await readFile(path.join(from, file.name));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== file.sha256) {
    throw new Error(
      `${file.name} is not the published file (SHA-256 ${sha256.slice(0, 12)}…, not ${file.sha256.slice(0, 12)}…)`,
    );
  }
  await rename(path.join(from, file.name), path.join(to, file.name));
}

/** Puts a checked folder in place of the entry. Another process may do the same: whoever loses the race has lost nothing. */
async function replace(entry: string, checked: string, staging: string): Promise<void> {
  await rename(entry, path.join(staging, 'replaced')).catch(ignore('ENOENT'));
  await rename(checked, entry).catch(ignore('ENOTEMPTY', 'EEXIST'));
}

const ignore =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };

function throwIfFull(error: unknown, folder: string): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return;
  const message = `data: the disk that holds ${path.dirname(folder)} is full; free some space or name another folder in ANNEAL_CACHE`;
  throw new AnnealError('disk_full', message, null, [], { cause: error });
}
