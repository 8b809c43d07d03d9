/** Folders for work in progress, on the disk of the cache. They go when the work ends, however it ends. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { claim, isAbandoned, release } from './owner.mjs';

/**
 * @template T
 * @param {string} cache
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withTemporary(cache, work) {
  const name = claim();
  const folder = path.join(cache, 'temporary', name);
  try {
    await fs.mkdir(folder, { recursive: true });
    return await work(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
    release(name);
  }
}

/** Removes what set-ups that were killed have left. @param {string} cache */
export async function sweep(cache) {
  const parent = path.join(cache, 'temporary');
  for (const name of await fs.readdir(parent).catch(() => [])) {
    const folder = path.join(parent, name);
    const found = await fs.stat(folder).catch(() => undefined);
    if (found && isAbandoned(name, found.mtimeMs)) await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
