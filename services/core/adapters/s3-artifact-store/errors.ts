/** What the errors of S3 mean to a caller. */
import { AnnealError } from '@anneal/schemas';
import { awsError, wordsOf } from '../aws/error.ts';

export const notFound = (key: string): AnnealError =>
  new AnnealError('artifact_not_found', `there is no artifact ${key}`);

export const taken = (key: string): AnnealError =>
  new AnnealError('artifact_exists', `artifact ${key} exists already, and artifacts never change`);

export const unavailable = (key: string, why: string, cause?: unknown): AnnealError =>
  new AnnealError('store_unavailable', `artifact ${key} can't be reached: ${why}`, null, [], { cause });

/** The key is taken, as far as S3 can tell: it may be by an earlier try of the same request. */
export const isTaken = (error: unknown): boolean => awsError(error)?.status === 412;

/** Another request for the same key is under way: who wins is not settled. */
export const isUndecided = (error: unknown): boolean => awsError(error)?.name === 'ConditionalRequestConflict';

/** The bytes were damaged on their way: S3 did not take them. */
export const isDamaged = (error: unknown): boolean =>
  ['BadDigest', 'XAmzContentSHA256Mismatch'].includes(awsError(error)?.name ?? '');

export const isNoUpload = (error: unknown): boolean => awsError(error)?.name === 'NoSuchUpload';

export function explain(error: unknown, key: string): unknown {
  if (error instanceof AnnealError) return error;
  const known = awsError(error);
  if (!known) return error;
  if (known.status === 404 && known.name !== 'NoSuchBucket' && known.name !== 'NoSuchUpload') return notFound(key);
  if (known.status === 412) return taken(key);
  if (known.name === 'ObjectParentIsFile' || known.name === 'ExistingObjectIsDirectory') {
    return new AnnealError(
      'invalid_request',
      `'${key}' can't be stored in this S3: one artifact's key is the folder of another's`,
    );
  }
  return unavailable(key, wordsOf(known), error);
}
