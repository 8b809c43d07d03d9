/** Keys of artifacts: relative paths that can't lead out of a store, whatever holds it. */
import { AnnealError } from '@anneal/schemas';

/** Where a store keeps unfinished blobs; no key starts with it. */
export const TEMPORARY = '.temporary';
/** Where the store on files keeps what is known of each blob; no key starts with it either. */
export const FACTS = '.facts';
const INNER: readonly string[] = [TEMPORARY, FACTS];

const VALID = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;
/** S3's keys are no longer than this; what a store puts before them counts too. */
const LONGEST = 1024;

/** @throws AnnealError invalid_request for a key that could leave the store */
export function checkArtifactKey(key: string): void {
  if (VALID.test(key) && key.length <= LONGEST && !INNER.includes(key.split('/')[0]!)) return;
  throw new AnnealError(
    'invalid_request',
    `'${key.slice(0, 100)}' is not an artifact key: a relative path of letters, digits, ., _ and -`,
  );
}

/** The folder that holds the keys with a prefix: what lies before its last slash; empty for the whole store.
 *  @throws AnnealError invalid_request for a prefix that could leave the store */
export function folderOfPrefix(prefix: string): string {
  const folder = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')));
  if (folder !== '' || prefix.startsWith('/')) checkArtifactKey(folder);
  return folder;
}
