/** Lists, in the order of keys; in memory is one folder's names for each level. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import type { BlobInfo } from '../../ports/artifact-store.ts';
import { explain, isCode } from './errors.ts';
import { FACTS, folderOf, keyOf } from './keys.ts';
import { head } from './read.ts';

/** Goes by the facts: what has none is not in the store. */
export async function* list(root: string, prefix: string): AsyncIterable<BlobInfo> {
  const facts = path.join(root, FACTS);
  for await (const key of walk(facts, folderOf(facts, prefix), prefix)) {
    try {
      yield await head(root, key);
    } catch (error) {
      // Removed since the folder was read.
      if (!(error instanceof AnnealError && error.code === 'artifact_not_found')) throw error;
    }
  }
}

async function* walk(facts: string, folder: string, prefix: string): AsyncIterable<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw explain(error, prefix);
  });
  // A folder sorts as the keys in it do, by its name and a slash: `a-b` comes before `a/b`.
  const named = entries.map((entry) => {
    const key = keyOf(facts, path.join(folder, entry.name));
    return entry.isDirectory() ? `${key}/` : key.replace(/\.json$/, '');
  });
  for (const key of named.sort()) {
    if (!key.startsWith(prefix)) continue;
    if (key.endsWith('/')) yield* walk(facts, path.join(facts, key), prefix);
    else yield key;
  }
}
