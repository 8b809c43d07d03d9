/** What every step of the set-up is given. */
import fs from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache.mjs';

/**
 * @typedef {object} Context
 * @property {string} root      the checkout
 * @property {string} cache     the per-user cache
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => void} log
 * @property {AbortSignal} signal
 * @property {boolean} force    do again what is done already
 * @property {(path: string) => Promise<{ bavail: number, bsize: number }>} statfs
 *   a seam: tests make a disk full without filling one
 */

/** @typedef {Partial<Omit<Context, 'cache'>>} SetUpOptions */

/** @param {SetUpOptions} options @returns {Context} */
export function contextOf({
  root = fileURLToPath(new URL('../../', import.meta.url)),
  env = process.env,
  log = (line) => process.stderr.write(`${line}\n`),
  signal = new AbortController().signal,
  force = false,
  statfs = fs.statfs,
} = {}) {
  return { root, cache: cacheFolder(env), env, log, signal, force, statfs };
}
