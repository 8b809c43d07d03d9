/** What the last set-up of this checkout achieved, so that the next one needs to start nothing and write nothing. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { tfjsNode } from './addon.mjs';
import { mayHaveCompiler } from './compiler.mjs';
import { CUDA_KEY, CUDA_WHEELS, wantsCuda } from './cuda.mjs';
import { packagesAreStamped } from './node-modules.mjs';
import { addonPlace } from './place.mjs';
import { mayHavePython } from './python.mjs';
import { TENSORFLOW, WHEELS } from './versions.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/**
 * @typedef {object} State
 * @property {string} wanted    what was asked for
 * @property {string} version   of TensorFlow
 * @property {'wheel' | 'given' | 'stock'} source
 * @property {string} [reason]  code of the error that made it stock
 */

/** Inside of the package, so that it goes when npm replaces the package. @param {string} root */
const stateFile = (root) => path.join(tfjsNode(root), 'anneal.json');

/** @param {Pick<Context, 'env' | 'cache'>} context */
const wanted = ({ env, cache }) =>
  JSON.stringify([
    TENSORFLOW,
    env.ANNEAL_LIBTENSORFLOW ||
      (wantsCuda(env)
        ? `${CUDA_WHEELS[0]?.sha256} ${CUDA_KEY}`
        : WHEELS[`${process.platform}-${process.arch}`]?.[0]?.sha256),
    cache,
  ]);

/** @param {Pick<Context, 'root'>} context @returns {Promise<State | undefined>} */
export async function readState({ root }) {
  return fs.readFile(stateFile(root), 'utf8').then(JSON.parse, () => undefined);
}

/** @param {Context} context @param {Omit<State, 'wanted'>} state */
export async function writeState(context, state) {
  await fs.writeFile(stateFile(context.root), JSON.stringify({ wanted: wanted(context), ...state }, undefined, 2));
}

/** @param {string} root */
export const forgetState = (root) => fs.rm(stateFile(root), { force: true });

/**
 * The state if all is still in place. Reads a few small files.
 * @param {Context} context
 */
export async function standingState(context) {
  const { root } = context;
  const state = await readState(context);
  if (!state || state.wanted !== wanted(context) || !(await packagesAreStamped(root))) return undefined;
  const places = [addonPlace(root), path.join(tfjsNode(root), 'deps', 'lib')];
  for (const place of places) if (!(await fs.stat(place).catch(() => undefined))) return undefined;
  return remediable(state, context.env) ? undefined : state;
}

/** Whether what was missing is there now. @param {State} state @param {NodeJS.ProcessEnv} env */
function remediable({ reason }, env) {
  if (reason === 'no_compiler') return mayHaveCompiler(env);
  if (reason === 'no_python') return mayHavePython(env);
  return reason === 'no_pip';
}
