/**
 * tfjs-node's native binding, compiled against the TensorFlow at hand. It uses only Node's stable interface, so one binary serves
 * every Node version, and it finds its TensorFlow by its own place in the cache.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { isIntact, publish, seal } from './cache.mjs';
import { run } from './children.mjs';
import { mayHaveCompiler, requireCompiler } from './compiler.mjs';
import { diskFull, SetUpError } from './errors.mjs';
import { glibc } from './library.mjs';
import { step } from './progress.mjs';
import { withTemporary } from './temporary.mjs';
import { NAPI } from './versions.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {import('./library.mjs').Library} Library */

export const ADDON = 'tfjs_binding.node';

const FLAGS = ['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NAPI}`];
const PLATFORM_FLAGS = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
const ORIGIN = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';

/** @param {string} root */
export const tfjsNode = (root) => path.join(root, 'node_modules/@tensorflow/tfjs-node');

/**
 * Path of the compiled binding in the cache.
 * @param {Context} context @param {Library} library
 * @throws SetUpError `no_compiler`, `compile_failed`, `addon_unloadable`, `disk_full`
 * @returns {Promise<{ file: string, compiled: boolean }>}
 */
export async function obtainAddon(context, library) {
  const { cache, env, force } = context;
  const entry = path.join(cache, 'addon', await keyOf(context, library));
  const file = path.join(entry, ADDON);
  // A binding that works is not given up for want of a compiler.
  if ((await isIntact(entry)) && !(force && mayHaveCompiler(env))) return { file, compiled: false };
  const compiler = await requireCompiler(context);
  await step(context.log, `compiling TensorFlow's binding with ${compiler.program}`, () =>
    withTemporary(cache, async (folder) => {
      const made = path.join(folder, 'entry');
      await fs.mkdir(made);
      await compile(context, library, compiler.program, { folder, out: path.join(made, ADDON), entry });
      await seal(made);
      await publish(made, entry);
    }),
  );
  await loadAddon(context, file);
  return { file, compiled: true };
}

/**
 * Everything that the binary depends on. The compiler is not part of it: those of one platform agree about the C++ interface.
 * @param {Context} context @param {Library} library
 */
async function keyOf({ root, cache }, library) {
  const { version } = JSON.parse(await fs.readFile(path.join(tfjsNode(root), 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(library.key);
  hash.update(JSON.stringify([FLAGS, PLATFORM_FLAGS, rpath(library, cache, '')]));
  hash.update(`${process.platform} ${process.arch} ${glibc()}`);
  for (const file of await sources(root)) hash.update(`\0${path.basename(file)}\0`).update(await fs.readFile(file));
  return `${version}-napi${NAPI}-${hash.digest('hex').slice(0, 12)}`;
}

/** @param {string} root */
async function sources(root) {
  const folder = path.join(tfjsNode(root), 'binding');
  const names = await fs.readdir(folder);
  return names
    .filter((name) => /\.(?:cc|h)$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** A library of the cache is found from the binding's place, so the cache may move; a given one by its own place. */
function rpath(/** @type {Library} */ { source, lib }, /** @type {string} */ cache, /** @type {string} */ entry) {
  if (source === 'given') return lib;
  return `${ORIGIN}/${path.relative(entry || path.join(cache, 'addon', 'entry'), lib)}`;
}

/**
 * @param {Context} context @param {Library} library @param {string} compiler
 * @param {{ folder: string, out: string, entry: string }} paths
 */
async function compile({ root, cache, env, signal }, library, compiler, { folder, out, entry }) {
  const units = (await sources(root)).filter((file) => file.endsWith('.cc'));
  const args = [
    ...FLAGS,
    ...PLATFORM_FLAGS,
    ...[
      '-I',
      await nodeHeaders(root),
      '-I',
      library.include,
      '-I',
      tfjsNode(root),
      '-I',
      path.join(tfjsNode(root), 'binding'),
    ],
    ...units,
    ...library.files,
    ...['-o', out, `-Wl,-rpath,${rpath(library, cache, entry)}`],
  ];
  const { code, output } = await run(compiler, args, { env: { ...env, TMPDIR: folder }, signal });
  if (code === 0) return;
  if (/No space left on device/.test(output)) throw diskFull(cache);
  const line =
    output.split('\n').find((text) => /\berror\b|undefined reference/i.test(text)) ?? output.trim().split('\n').at(-1);
  throw new SetUpError(
    'compile_failed',
    `TensorFlow's binding could not be compiled with ${compiler}: ${line?.trim()}.`,
  );
}

/** npm's copy of Node's headers, else the one that comes with Node. @param {string} root */
async function nodeHeaders(root) {
  const places = [
    path.join(root, 'node_modules/node-api-headers/include'),
    path.resolve(process.execPath, '../../include/node'),
  ];
  for (const place of places) if (await fs.stat(path.join(place, 'node_api.h')).catch(() => undefined)) return place;
  throw new SetUpError('compile_failed', `Node's headers are missing: install the development dependencies as well.`);
}

/**
 * Loads a binding in a process of its own, for one that does not fit would take this one with it.
 * @param {Pick<Context, 'env' | 'signal'>} context
 * @param {string} file
 * @returns {Promise<string>} version of TensorFlow
 * @throws SetUpError `addon_unloadable`
 */
export async function loadAddon({ env, signal }, file) {
  const script = 'process.stdout.write(require(process.argv[1]).TF_Version)';
  const options = { env: { ...env, TF_CPP_MIN_LOG_LEVEL: '2', NODE_OPTIONS: '' }, signal, timeout: 120_000 };
  const { code, stdout, output } = await run(process.execPath, ['-e', script, file], options);
  if (code === 0 && stdout) return stdout;
  const line = output.split('\n').find((text) => /error|cannot|undefined symbol/i.test(text)) ?? `exit code ${code}`;
  throw new SetUpError(
    'addon_unloadable',
    `TensorFlow's binding ${file} does not load: ${line.trim().replace(/\.$/, '')}.`,
  );
}
