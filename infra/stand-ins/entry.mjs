/**
 * Entries of the stand-ins in the per-user cache, `stand-ins/NAME-VERSION/`. An entry is made in temporary/ under the lock of the
 * set-up and appears by one rename, so tests that ask at once share one, and find it whole or not there.
 */
import path from 'node:path';
import { isIntact, publish, seal } from '../setup/cache.mjs';
import { run } from '../setup/children.mjs';
import { withLock } from '../setup/lock.mjs';
import { step } from '../setup/progress.mjs';
import { withTemporary } from '../setup/temporary.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

/** A stand-in that can't be had here. The message is one sentence: what is missing, and how to get it. */
export class NoStandIn extends Error {
  name = 'NoStandIn';
}

/**
 * The folder of an entry, made if it isn't there.
 * @param {Context} context
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make fills a folder
 * @returns {Promise<string>}
 * @throws NoStandIn
 */
export async function entryOf(context, name, make) {
  const place = path.join(context.cache, 'stand-ins', name);
  if (await isIntact(place)) return place;
  return withLock(context, async () => {
    if (await isIntact(place)) return place;
    await withTemporary(context.cache, async (folder) => {
      const made = path.join(folder, name);
      await step(context.log, `fetching ${name} for the tests, once`, () => make(made));
      await seal(made);
      await publish(made, place);
    });
    return place;
  });
}

/**
 * Runs a program that fetches something. @throws NoStandIn with its last words
 * @param {Context} context @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function fetchBy({ env, signal }, program, args, options = {}) {
  const { code, output } = await run(program, args, { cwd: options.cwd, env: { ...env, ...options.env }, signal });
  if (code === 0) return;
  const lines = output.trim().split('\n');
  const words = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
  throw new NoStandIn(`${path.basename(program)} failed (exit code ${code}): ${words.slice(0, 300)}`);
}
