/** One set-up at a time for each cache: the second waits for the first and finds everything done. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ignore } from './cache.mjs';
import { interrupted } from './errors.mjs';
import { claim, isAbandoned, pidOf, release } from './owner.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/**
 * A cache that cannot be written needs no lock: only a set-up that finds everything there succeeds with it.
 * @template T
 * @param {Context} context
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock({ cache, log, signal }, work) {
  const file = path.join(cache, 'set-up.lock');
  const name = claim();
  try {
    const taken = await acquire(file, name, { log, signal });
    try {
      return await work();
    } finally {
      if (taken) await fs.rm(file, { force: true });
    }
  } finally {
    release(name);
  }
}

/** @param {string} file @param {string} name @param {Pick<Context, 'log' | 'signal'>} context */
async function acquire(file, name, { log, signal }) {
  for (let told = false; ; ) {
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      // A symbolic link appears with its content in it, so nobody ever reads an owner that is not there yet.
      await fs.symlink(name, file);
      return true;
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'EACCES' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
    const owner = await fs.readlink(file).catch(() => undefined);
    const { mtimeMs } = await fs.lstat(file).catch(() => ({ mtimeMs: Date.now() }));
    if (owner === undefined) continue;
    if (isAbandoned(owner, mtimeMs)) {
      await steal(file, owner, name);
      continue;
    }
    if (!told) log(`another set-up (process ${pidOf(owner)}) is at work, waiting for it`);
    told = true;
    await pause(200, undefined, { signal }).catch(() => {
      throw interrupted();
    });
  }
}

/**
 * Removes an abandoned lock. It is renamed first and looked at again: another process may have removed it and taken a new one in
 * the meantime, which then goes back.
 * @param {string} file @param {string} owner @param {string} name
 */
async function steal(file, owner, name) {
  const aside = `${file}.${name}`;
  await fs.rename(file, aside).catch(ignore('ENOENT'));
  if ((await fs.readlink(aside).catch(() => owner)) === owner) await fs.rm(aside, { force: true });
  else await fs.rename(aside, file);
}
