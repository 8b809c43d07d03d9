/** What the errors of the file system mean to a caller. */
import { AnnealError } from '@anneal/schemas';

export const isCode = (error: unknown, ...codes: string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '');

export function explain(cause: unknown, key: string): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  const because = { cause: cause as Error };
  if (code === 'EEXIST')
    return new AnnealError('artifact_exists', `artifact ${key} exists already, and artifacts never change`);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
    return new AnnealError('artifact_not_found', `there is no artifact ${key}`);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AnnealError('disk_full', `the disk is full: artifact ${key} could not be stored`, null, [], because);
  if (code === 'EIO' || code === 'EACCES' || code === 'EROFS' || code === 'EMFILE')
    return new AnnealError('store_unavailable', `artifact ${key} can't be reached (${code})`, null, [], because);
  return cause;
}

/** Two keys of which one is the folder of the other can't both be files. */
export const nested = (key: string): AnnealError =>
  new AnnealError('invalid_request', `'${key}' can't be stored: one artifact's key is the folder of another's`);
