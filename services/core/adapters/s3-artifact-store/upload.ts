/**
 * Multipart uploads. One that fails is aborted once none of its requests is under way any more, and again if a part came in late,
 * so no part is left that costs money and that nobody sees. (The upload of the AWS SDK aborts while parts are on their way.) What a
 * killed process leaves goes by the bucket's rule for unfinished uploads.
 */
import { AnnealError } from '@anneal/schemas';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { isNoUpload } from './errors.ts';

/** S3 takes no more. */
export const MOST_PARTS = 10_000;
const ABORTS = 5;

export interface UploadTarget {
  readonly Bucket: string;
  readonly Key: string;
}

export interface UploadOptions {
  readonly ContentType?: string;
  readonly Metadata?: Record<string, string>;
  /** The upload fails if the key is taken when it completes. */
  readonly IfNoneMatch?: '*';
  /** What S3 keeps of each part and checks. */
  readonly ChecksumAlgorithm?: 'SHA256';
}

/** Begins an upload, has `send` send its parts, and completes it. @throws the error of the request that failed; nothing is left then */
export async function upload(
  { client }: Bucket,
  target: UploadTarget,
  { IfNoneMatch, ...options }: UploadOptions,
  send: (UploadId: string) => Promise<CompletedPart[]>,
): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ...options }));
  if (UploadId === undefined) throw new AnnealError('store_unavailable', 'S3 began an upload without a name');
  try {
    const Parts = await send(UploadId);
    await client.send(
      new CompleteMultipartUploadCommand({
        ...target,
        UploadId,
        MultipartUpload: { Parts },
        ...(IfNoneMatch && { IfNoneMatch }),
      }),
    );
  } catch (error) {
    await abort({ client }, target, UploadId);
    throw error;
  }
}

/** The failure that led here is the one to tell, so that of an abort isn't. */
async function abort({ client }: Pick<Bucket, 'client'>, target: UploadTarget, UploadId: string): Promise<void> {
  try {
    for (let tries = 0; tries < ABORTS; tries++) {
      await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
      const { Parts } = await client.send(new ListPartsCommand({ ...target, UploadId, MaxParts: 1 }));
      if (!Parts?.length) return;
    }
  } catch (error) {
    if (isNoUpload(error)) return;
  }
}
