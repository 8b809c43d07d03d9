/** Keys and the files they stand for. */
import path from 'node:path';
import { checkArtifactKey, folderOfPrefix } from '../../artifact-key.ts';

export { FACTS, TEMPORARY } from '../../artifact-key.ts';

/** @throws AnnealError invalid_request for a key that could leave the store */
export function fileOf(root: string, key: string): string {
  checkArtifactKey(key);
  return path.join(root, ...key.split('/'));
}

export const keyOf = (root: string, file: string): string => path.relative(root, file).split(path.sep).join('/');

/** The folder that holds the keys with a prefix. @throws AnnealError invalid_request for a prefix that could leave the store */
export const folderOf = (root: string, prefix: string): string => path.join(root, ...folderOfPrefix(prefix).split('/'));
