/** Puts the binding and its TensorFlow where tfjs-node looks for them: links into the cache. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { ADDON, tfjsNode } from './addon.mjs';
import { ignore } from './cache.mjs';
import { claim, release } from './owner.mjs';
import { NAPI } from './versions.mjs';

/** @param {string} root */
export const addonPlace = (root) => path.join(tfjsNode(root), 'lib', `napi-v${NAPI}`, ADDON);

/** @param {string} root @param {string} addon @param {import('./library.mjs').Library} library */
export async function placeNative(root, addon, library) {
  await link(addon, addonPlace(root));
  await link(library.lib, path.join(tfjsNode(root), 'deps', 'lib'));
  await link(library.include, path.join(tfjsNode(root), 'deps', 'include'));
}

/**
 * A link in place of whatever is there, by one rename: whoever loads the binding meanwhile gets the old one or the new one.
 * @param {string} target @param {string} place
 */
async function link(target, place) {
  await fs.mkdir(path.dirname(place), { recursive: true });
  if ((await fs.readlink(place).catch(() => undefined)) === target) return;
  const name = claim();
  const draft = `${place}.${name}`;
  try {
    await fs.symlink(target, draft);
    const old = await fs.lstat(place).catch(ignore('ENOENT'));
    if (old?.isDirectory()) await fs.rm(place, { recursive: true });
    await fs.rename(draft, place);
  } finally {
    await fs.rm(draft, { force: true });
    release(name);
  }
}

/** Takes our links away, so that nothing writes through them. @param {string} root */
export async function clearPlace(root) {
  await fs.rm(path.join(tfjsNode(root), 'lib'), { recursive: true, force: true });
  await fs.rm(path.join(tfjsNode(root), 'deps'), { recursive: true, force: true });
}
