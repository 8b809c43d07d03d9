/** Keys and the files they stand for. */
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';

/** Folder of unfinished blobs, inside the store so that they can be linked. */
export const TEMPORARY = '.temporary';
/** Folder of what is known of each blob. */
export const FACTS = '.facts';
/** Folders of the store itself. */
export const INNER: readonly string[] = [TEMPORARY, FACTS];

const VALID = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** @throws AnnealError invalid_request for a key that could leave the store */
export function fileOf(root: string, key: string): string {
  if (!VALID.test(key) || key.length > 1024 || INNER.includes(key.split('/')[0]!)) {
    throw new AnnealError(
      'invalid_request',
      `'${key.slice(0, 100)}' is not an artifact key: a relative path of letters, digits, ., _ and -`,
    );
  }
  return path.join(root, ...key.split('/'));
}

export const keyOf = (root: string, file: string): string => path.relative(root, file).split(path.sep).join('/');

/** The folder that holds the keys with a prefix: what lies before its last slash.
 *  @throws AnnealError invalid_request for a prefix that could leave the store */
export function folderOf(root: string, prefix: string): string {
  const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
  return folder === '' && !prefix.startsWith('/') ? root : fileOf(root, folder);
}
