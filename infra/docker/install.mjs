#!/usr/bin/env node
/**
 * Installs what a container runs into a folder: the built programs, npm's packages without those for development, TensorFlow.
 *
 *   node infra/docker/install.mjs FOLDER        with ANNEAL_TENSORFLOW=cuda: TensorFlow for NVIDIA's GPUs
 *
 * Sets the checkout up and builds it first. What is installed needs nothing outside of the folder but Node, and writes nothing into it.
 */
import { constants } from 'node:fs';
import { access, cp, mkdir, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from '../build/main.mjs';
import { loadAddon, tfjsNode } from '../setup/addon.mjs';
import { setUp } from '../setup/index.mjs';
import { addonPlace } from '../setup/place.mjs';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
/** Beside the manifests: what runs, and what `anneal doctor` looks with. */
const PARTS = ['LICENSE', 'dist', 'sdk/bin', 'infra/setup', 'infra/docker'];

/** @param {string} target */
async function install(target) {
  if ((await readdir(target).catch(() => [])).length > 0)
    throw new Error(`${target} is not empty: give a folder that is, or is not there yet`);
  await setUp({ root: checkout });
  await buildAll();
  for (const part of [...PARTS, ...(await manifests())]) await copy(path.join(checkout, part), path.join(target, part));
  const { source, version } = await setUp({ root: target, env: { ...process.env, NODE_ENV: 'production' } });
  if (source !== 'wheel')
    throw new Error(`TensorFlow ${version} is not the one of the pinned wheel: an image is made with that alone`);
  await dropMaps(path.join(target, 'node_modules'));
  await takeNative(target);
  const loaded = await loadAddon({ env: process.env, signal: new AbortController().signal }, addonPlace(target));
  process.stderr.write(`installed in ${target}: TensorFlow ${loaded}\n`);
}

/** Of the workspace and its packages: what npm installs by. */
async function manifests() {
  const { workspaces } = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8'));
  const files = ['package.json', 'package-lock.json'];
  for (const pattern of workspaces) {
    const [parent, star] = pattern.split('/*');
    const names = star === undefined ? [''] : await readdir(path.join(checkout, parent));
    for (const name of names) files.push(path.join(parent, name, 'package.json'));
  }
  const there = await Promise.all(
    files.map((file) =>
      access(path.join(checkout, file)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => there[index]);
}

/** The binding and its libraries, which the set-up has linked to, are copied out of the cache, laid out as there. @param {string} target */
async function takeNative(target) {
  const deps = path.join(tfjsNode(target), 'deps');
  const addon = await realpath(addonPlace(target));
  const library = path.dirname(await realpath(path.join(deps, 'lib')));
  const cache = path.resolve(addon, '../../..');
  for (const part of [addon, path.join(library, 'lib'), path.join(library, 'nvidia')])
    await copy(part, path.join(target, 'native', path.relative(cache, part)));
  await rm(path.join(deps, 'include'));
  await relink(addonPlace(target), path.join(target, 'native', path.relative(cache, addon)));
  await relink(path.join(deps, 'lib'), path.join(target, 'native', path.relative(cache, library), 'lib'));
}

/** Maps of sources: half of what the packages weigh. @param {string} folder */
async function dropMaps(folder) {
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.map')) await rm(path.join(folder, name));
}

/** @param {string} place @param {string} file */
async function relink(place, file) {
  await rm(place);
  await symlink(path.relative(path.dirname(place), file), place);
}

/** Nothing, where there is nothing to copy. Maps of sources stay behind. @param {string} from @param {string} to */
async function copy(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  await cp(from, to, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
    filter: (file) => !file.endsWith('.map'),
  }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

const [target, ...more] = process.argv.slice(2);
if (!target || more.length > 0) {
  process.stderr.write('usage: node infra/docker/install.mjs FOLDER\n');
  process.exitCode = 2;
} else {
  await install(path.resolve(target)).catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
