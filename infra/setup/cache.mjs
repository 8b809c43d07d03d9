/**
 * The per-user cache:
 *
 *     wheels/                        TensorFlow's wheels as they were downloaded
 *     tensorflow/VERSION-SHA12/      lib/ and include/ out of one wheel, entry.json
 *     addon/TFJS-tfVERSION-SHA12/    tfjs_binding.node, entry.json
 *     temporary/                     what a set-up is making just now
 *
 * An entry is made in temporary/ and appears by one rename, so it is whole or not there.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { diskFull } from './errors.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} [platform] */
export function cacheFolder(env, platform = process.platform) {
  if (env.ANNEAL_CACHE) return path.resolve(env.ANNEAL_CACHE);
  if (env.XDG_CACHE_HOME) return path.join(env.XDG_CACHE_HOME, 'anneal');
  const home = env.HOME || os.homedir();
  return path.join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'anneal');
}

/**
 * Puts a finished file or folder in its place, instead of what may be there. Whoever loses a race against another set-up has
 * lost nothing: both made the same.
 * @param {string} made   inside of temporary/
 * @param {string} place
 */
export async function publish(made, place) {
  await fs.mkdir(path.dirname(place), { recursive: true });
  await fs.rename(place, `${made}.replaced`).catch(ignore('ENOENT'));
  await fs.rename(made, place).catch(ignore('ENOTEMPTY', 'EEXIST'));
}

/** Writes the list of an entry's files with their sizes, by which a damaged entry is told. @param {string} folder */
export async function seal(folder) {
  /** @type {Record<string, number>} */
  const files = {};
  for (const entry of await fs.readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!file.startsWith(path.join(folder, 'include'))) files[path.relative(folder, file)] = (await fs.stat(file)).size;
  }
  await fs.writeFile(path.join(folder, 'entry.json'), JSON.stringify({ files }, undefined, 2));
}

/** Whether an entry is there with all its files. @param {string} folder */
export async function isIntact(folder) {
  try {
    const { files } = JSON.parse(await fs.readFile(path.join(folder, 'entry.json'), 'utf8'));
    for (const [file, size] of Object.entries(files))
      if ((await fs.stat(path.join(folder, file))).size !== size) return false;
    return true;
  } catch {
    return false;
  }
}

/**
 * Refuses to start what the disk cannot hold.
 * @param {Context} context @param {number} bytes
 */
export async function requireSpace({ cache, statfs }, bytes) {
  await fs.mkdir(cache, { recursive: true });
  const { bavail, bsize } = await statfs(cache);
  if (bavail * bsize < bytes) throw diskFull(cache, bytes, bavail * bsize);
}

/** @param {...string} codes */
export const ignore =
  (...codes) =>
  (/** @type {NodeJS.ErrnoException} */ error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
