/** What is known of a blob lies in the metadata of its object, which came there with its bytes and never changes. */
import { AnnealError } from '@anneal/schemas';
import {
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';

import type { BlobInfo } from '../../ports/artifact-store.ts';
import { awsError } from '../aws/error.ts';
import { type Bucket, objectOf } from './bucket.ts';
import { explain, notFound } from './errors.ts';

/** Metadata of a new object; `put` names the call, by which it is told whether it was this one that stored the object. */
export const metadataOf = (
  { size, sha256 }: Pick<BlobInfo, 'size' | 'sha256'>,
  put: string,
): Record<string, string> => ({
  sha256,
  size: String(size),
  put,
});

/** @throws AnnealError data_damaged if the object is not one that a store has put, or has another size */
export function infoOf(key: string, { ContentLength, ContentType, Metadata }: HeadObjectCommandOutput): BlobInfo {
  const { sha256 = '', size = '' } = Metadata ?? {};
  if (!/^[0-9a-f]{64}$/.test(sha256) || !/^\d+$/.test(size)) {
    throw new AnnealError('data_damaged', `artifact ${key} has lost what is known of it: its SHA-256 and size`);
  }
  if (ContentLength !== Number(size)) {
    throw new AnnealError('data_damaged', `artifact ${key} has ${ContentLength} bytes, it was stored with ${size}`);
  }
  return { key, size: ContentLength, sha256, contentType: ContentType ?? 'application/octet-stream' };
}

/** @throws AnnealError artifact_not_found, data_damaged, store_unavailable */
export async function headObject(bucket: Bucket, key: string): Promise<HeadObjectCommandOutput> {
  try {
    return await bucket.client.send(new HeadObjectCommand(objectOf(bucket, key)));
  } catch (error) {
    throw (await isAbsent(bucket, key, error)) ? notFound(key) : explain(error, key);
  }
}

/** Where not the whole bucket may be listed, S3 forbids an object that is not there: only the list of its folder tells. */
async function isAbsent(bucket: Bucket, key: string, error: unknown): Promise<boolean> {
  if (awsError(error)?.status !== 403) return false;
  const { Bucket, Key } = objectOf(bucket, key);
  const found = await bucket.client
    .send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }))
    .catch(() => undefined);
  return found !== undefined && !found.Contents?.some((one) => one.Key === Key);
}

/** Whether the object at a key is there, and which call put it. */
export async function putterOf(bucket: Bucket, key: string): Promise<string | null | undefined> {
  try {
    return (await headObject(bucket, key)).Metadata?.put ?? null;
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'artifact_not_found') return undefined;
    throw error;
  }
}

export type ObjectBody = AsyncIterable<Uint8Array> & NonNullable<GetObjectCommandOutput['Body']>;
