/** Whether this machine can train: what is here, what is not, and what to do about it. Changes nothing. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadAddon } from './addon.mjs';
import { run } from './children.mjs';
import { COMPILER_REMEDY, findCompiler } from './compiler.mjs';
import { contextOf } from './context.mjs';
import { isNotBuildable, megabytes } from './errors.mjs';
import { npm, packagesAreStamped } from './node-modules.mjs';
import { addonPlace } from './place.mjs';
import { findPython, PYTHON_REMEDY } from './python.mjs';
import { readState } from './state.mjs';
import { TENSORFLOW, UNPACKED } from './versions.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {import('./index.d.mts').Finding} Finding */
/** @typedef {{ ok: boolean, detail: string, remedy?: string }} Outcome */

const SET_UP = 'run: npm run setup';

/**
 * @param {import('./context.mjs').SetUpOptions} [options]
 * @returns {Promise<Finding[]>}
 */
export async function examine(options) {
  const context = contextOf(options);
  /** @type {Record<string, (context: Context) => Outcome | Promise<Outcome>>} */
  const examinations = {
    Node: node,
    npm: npmProgram,
    packages,
    Python: python,
    pip,
    'C++ compiler': compiler,
    cache,
    disk,
    TensorFlow: tensorflow,
    binding,
    processor,
  };
  return Promise.all(
    Object.entries(examinations).map(async ([name, examination]) => {
      const { ok, detail, remedy } = await examination(context);
      return { name, ok, detail, ...(remedy && { remedy }), message: remedy ? `${detail}; ${remedy}` : detail };
    }),
  );
}

/** @returns {Outcome} */
function node() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 11);
  return {
    ok,
    detail: `${process.versions.node} (${process.platform} ${process.arch})`,
    ...(!ok && { remedy: 'install Node 20.11 or newer' }),
  };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function npmProgram({ env, signal }) {
  try {
    const [program, ...args] = npm(env);
    const { code, stdout } = await run(program, [...args, '--version'], { env, signal });
    if (code === 0) return { ok: true, detail: stdout.trim() };
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== 'no_npm') throw error;
  }
  return { ok: false, detail: 'missing', remedy: 'install npm (Debian: apt install npm)' };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function packages({ root }) {
  const ok = await packagesAreStamped(root);
  return ok
    ? { ok, detail: 'as package-lock.json says' }
    : { ok, detail: 'not checked against package-lock.json', remedy: SET_UP };
}

/**
 * What only the set-up needs is no fault where the set-up is done.
 * @param {Context} context @param {string} detail @param {string} remedy @returns {Promise<Outcome>}
 */
async function neededToSetUp(context, detail, remedy) {
  const state = await readState(context);
  const done = state !== undefined && state.source !== 'stock';
  return done ? { ok: true, detail: `${detail}, and not needed any more` } : { ok: false, detail, remedy };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function python(context) {
  const found = await findPython(context);
  if (found) return { ok: true, detail: `${found.version}, ${found.program}` };
  return neededToSetUp(context, 'missing', PYTHON_REMEDY);
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function pip(context) {
  const found = await findPython(context);
  if (found?.pip) return { ok: true, detail: found.pip };
  return neededToSetUp(context, 'missing', PYTHON_REMEDY);
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function compiler(context) {
  const found = await findCompiler(context);
  if (found) return { ok: true, detail: `${found.version}, ${found.program}` };
  return neededToSetUp(context, 'missing', COMPILER_REMEDY);
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function cache({ cache: folder }) {
  const place = await existing(folder);
  const writable = await fs.access(place, fs.constants.W_OK).then(
    () => true,
    () => false,
  );
  const ours = ['wheels', 'tensorflow', 'addon'].map((name) => size(path.join(folder, name)));
  const total = (await Promise.all(ours)).reduce((sum, bytes) => sum + bytes, 0);
  const detail = `${folder}, ${megabytes(total)} of TensorFlow`;
  if (writable) return { ok: true, detail };
  return { ok: false, detail: `${detail}, not writable`, remedy: 'name another folder in ANNEAL_CACHE' };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function disk({ cache: folder, statfs }) {
  const { bavail, bsize } = await statfs(await existing(folder));
  const free = bavail * bsize;
  const ok = free > UNPACKED;
  return {
    ok,
    detail: `${megabytes(free)} free`,
    ...(!ok && { remedy: 'free some space or name another folder in ANNEAL_CACHE' }),
  };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function tensorflow(context) {
  const state = await readState(context);
  if (!state) return { ok: false, detail: 'not set up', remedy: SET_UP };
  const library = await fs
    .realpath(path.join(path.dirname(addonPlace(context.root)), '../../deps/lib'))
    .catch(() => undefined);
  if (!library) return { ok: false, detail: 'its library is gone', remedy: SET_UP };
  const origin = {
    wheel: 'from its wheel',
    given: 'named in ANNEAL_LIBTENSORFLOW',
    stock: `the slower one that comes with tfjs-node, because of: ${state.reason}`,
  }[state.source];
  const ok = state.source !== 'stock';
  const detail = `${state.version}, ${origin}, ${library}`;
  return { ok, detail, ...(!ok && { remedy: `for TensorFlow ${TENSORFLOW}, remedy that and ${SET_UP}` }) };
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function binding(context) {
  try {
    return { ok: true, detail: `loads, TensorFlow ${await loadAddon(context, addonPlace(context.root))}` };
  } catch (error) {
    if (!isNotBuildable(error)) throw error;
    return { ok: false, detail: error.message.replace(/\.$/, ''), remedy: SET_UP };
  }
}

/** @param {Context} context @returns {Promise<Outcome>} */
async function processor() {
  const [first] = os.cpus();
  const info = await fs.readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const flags = new Set(/^flags\s*: (.*)$/m.exec(info)?.[1]?.split(' '));
  const known = ['avx', 'avx2', 'fma', 'avx512f', 'avx512_bf16', 'amx_tile'].filter((flag) => flags.has(flag));
  const detail = [first?.model.trim(), `${os.availableParallelism()} threads`, known.join(' ')]
    .filter(Boolean)
    .join(', ');
  if (flags.size > 0 && !flags.has('avx'))
    return { ok: false, detail, remedy: 'TensorFlow needs a processor with AVX: use another machine' };
  return { ok: true, detail };
}

/** The folder, or the nearest one above it that is there. @param {string} folder @returns {Promise<string>} */
async function existing(folder) {
  const found = await fs.stat(folder).catch(() => undefined);
  return found || path.dirname(folder) === folder ? folder : existing(path.dirname(folder));
}

/** @param {string} folder @returns {Promise<number>} bytes */
async function size(folder) {
  let total = 0;
  for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) total += await size(place);
    else if (entry.isFile()) total += (await fs.stat(place).catch(() => ({ size: 0 }))).size;
  }
  return total;
}
