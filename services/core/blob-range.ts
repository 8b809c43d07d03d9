/** The bytes that a reader asks of a blob. */
import { AnnealError } from '@anneal/schemas';
import type { BlobInfo } from './ports/artifact-store.ts';

/** First and last byte, both inclusive; `end` is -1 for an empty blob.
 *  @throws AnnealError range_not_satisfiable if `start` lies past the end, of the blob or of the range */
export function blobRange(info: BlobInfo, range?: { start: number; end?: number }): { start: number; end: number } {
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? info.size - 1, info.size - 1);
  if (range && (start < 0 || start > end)) {
    const asked = `the range is ${start} to ${range.end ?? 'the end'}`;
    throw new AnnealError('range_not_satisfiable', `${info.key} has ${info.size} bytes; ${asked}`);
  }
  return { start, end };
}

export const damagedBytes = (key: string): AnnealError =>
  new AnnealError(
    'data_damaged',
    `artifact ${key} is damaged: its bytes do not have the SHA-256 they were stored with`,
  );
