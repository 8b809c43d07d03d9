/** A folder of a bucket, and the objects that keys stand for. */
import type { S3Client } from '@aws-sdk/client-s3';
import { checkArtifactKey, TEMPORARY } from '../../artifact-key.ts';

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /** Bytes of the parts of an upload, at least 5 MiB; what is no larger goes in one request. */
  readonly partBytes: number;
}

/** @throws AnnealError invalid_request for a key that is none */
export function objectOf({ name, prefix }: Bucket, key: string): { Bucket: string; Key: string } {
  checkArtifactKey(key);
  return { Bucket: name, Key: prefix + key };
}

/** Where a blob whose hash is not known yet is kept until it is. */
export const draftOf = ({ name, prefix }: Bucket, id: string): { Bucket: string; Key: string } => ({
  Bucket: name,
  Key: `${prefix}${TEMPORARY}/${id}`,
});
