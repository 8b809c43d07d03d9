/** A draft's way to its key: S3 copies it in segments on its side, and the SHA-256 of each is compared with what was sent. */
import { createHash, type Hash } from 'node:crypto';
import { AnnealError } from '@anneal/schemas';
import { type CompletedPart, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { unavailable } from './errors.ts';
import type { UploadTarget } from './upload.ts';

/** Parts in a segment; S3 copies up to 5 GiB at once. */
const PARTS = 64;

export interface Segment {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
  /** Base 64. */
  readonly sha256: string;
}

/** Hashes parts as a whole and by segments. */
export function segmentsOf() {
  const whole = createHash('sha256');
  const pieces: Segment[] = [];
  let size = 0;
  let current: { hash: Hash; start: number; parts: number } | undefined;
  const close = (): void => {
    if (current) pieces.push({ start: current.start, end: size - 1, sha256: current.hash.digest('base64') });
    current = undefined;
  };
  return {
    add(part: Uint8Array): void {
      current ??= { hash: createHash('sha256'), start: size, parts: 0 };
      current.hash.update(part);
      whole.update(part);
      current.parts += 1;
      size += part.byteLength;
      if (current.parts === PARTS) close();
    },
    end() {
      close();
      return { size, sha256: whole.digest('hex'), pieces };
    },
  };
}

/** @throws AnnealError data_damaged if the copy is not what was sent */
export async function copyDraft(
  { client }: Bucket,
  draft: UploadTarget,
  target: UploadTarget,
  UploadId: string,
  segments: readonly Segment[],
  key: string,
): Promise<CompletedPart[]> {
  const parts: CompletedPart[] = [];
  for (const { start, end, sha256 } of segments) {
    const PartNumber = parts.length + 1;
    const { CopyPartResult: copied } = await client.send(
      new UploadPartCopyCommand({
        ...{ ...target, UploadId, PartNumber },
        CopySource: `${draft.Bucket}/${draft.Key}`,
        CopySourceRange: `bytes=${start}-${end}`,
      }),
    );
    if (copied?.ChecksumSHA256 === undefined) throw unavailable(key, 'this S3 gives no SHA-256 of what it copies');
    if (copied.ChecksumSHA256 !== sha256) {
      throw new AnnealError('data_damaged', `artifact ${key} was damaged on its way into S3, and is not stored`);
    }
    parts.push({ PartNumber, ETag: copied.ETag, ChecksumSHA256: sha256 });
  }
  return parts;
}
