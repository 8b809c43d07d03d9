/**
 * Artifacts as files under their own names, and beside them, in `.facts`, what is known of each: size, hash and type. `put.ts` says
 * how both come into place at once. Needs a file system with hard links.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import { TEMPORARY } from './keys.ts';
import { list } from './list.ts';
import { putIfAbsent, remove } from './put.ts';
import { get, head } from './read.ts';
import { cleanTemporaries } from './temporaries.ts';

/** Opens the store in a folder, made if it isn't there, and settles what killed writers left. */
export async function fileArtifactStore(root: string): Promise<ArtifactStore> {
  await mkdir(path.join(root, TEMPORARY), { recursive: true, mode: 0o700 });
  await cleanTemporaries(root);
  return {
    putIfAbsent: (key, body, contentType) => putIfAbsent(root, key, body, contentType),
    head: (key) => head(root, key),
    get: (key, range) => get(root, key, range),
    remove: (key) => remove(root, key),
    list: (prefix) => list(root, prefix),
  };
}
