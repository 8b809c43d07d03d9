/** Everything a fresh checkout needs before it can run: npm's packages and TensorFlow. Does only what is missing. */
import { loadAddon, obtainAddon } from './addon.mjs';
import { contextOf } from './context.mjs';
import { fromFileSystem, interrupted, isNotBuildable } from './errors.mjs';
import { obtainLibrary } from './library.mjs';
import { withLock } from './lock.mjs';
import { installPackages } from './node-modules.mjs';
import { addonPlace, placeNative } from './place.mjs';
import { forgetState, standingState, writeState } from './state.mjs';
import { installStock } from './stock.mjs';
import { sweep } from './temporary.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {import('./index.d.mts').SetUpReport} SetUpReport */

/**
 * @param {import('./context.mjs').SetUpOptions} [options]
 * @returns {Promise<SetUpReport>}
 * @throws SetUpError
 */
export async function setUp(options) {
  const start = performance.now();
  const context = contextOf(options);
  const done = (/** @type {Omit<SetUpReport, 'seconds' | 'cache'>} */ report) => ({
    ...report,
    cache: context.cache,
    seconds: (performance.now() - start) / 1000,
  });
  const standing = context.force ? undefined : await standingState(context);
  if (standing)
    return done({
      changed: false,
      version: standing.version,
      source: standing.source,
      compiled: false,
      installed: false,
    });
  try {
    return done(await withLock(context, () => setUpAlone(context)));
  } catch (error) {
    throw context.signal.aborted ? interrupted() : fromFileSystem(error, context.cache);
  }
}

/** @param {Context} context */
async function setUpAlone(context) {
  await sweep(context.cache);
  const installed = await installPackages(context);
  await forgetState(context.root);
  const tensorflow = await native(context).catch(async (error) => {
    // Who names a TensorFlow gets that one.
    if (!isNotBuildable(error) || context.env.ANNEAL_TENSORFLOW) throw error;
    const version = await installStock(context, error);
    return { version, source: /** @type {const} */ ('stock'), compiled: false, reason: error.code };
  });
  const { version, source, compiled } = tensorflow;
  await writeState(context, { version, source, ...('reason' in tensorflow ? { reason: tensorflow.reason } : {}) });
  return { changed: true, version, source, compiled, installed };
}

/** @param {Context} context */
async function native(context) {
  const library = await obtainLibrary(context);
  const { file, compiled } = await obtainAddon(context, library);
  await placeNative(context.root, file, library);
  return { version: await loadAddon(context, addonPlace(context.root)), source: library.source, compiled };
}
