/** Requests that clients send to S3 themselves. What they may store is part of the signature, and S3 checks the bytes' SHA-256. */
import { randomUUID } from 'node:crypto';
import { AnnealError } from '@anneal/schemas';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Presigner } from '../../ports/artifact-store.ts';
import { type Bucket, objectOf } from './bucket.ts';
import { metadataOf } from './facts.ts';

/** S3 takes no more in one request. */
const LARGEST = 5 * 2 ** 30;

export const presigner = (bucket: Bucket): Presigner => ({
  async get(key, { seconds, fileName }) {
    const name = fileName === undefined ? '' : `; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, '_')}"`;
    const command = new GetObjectCommand({
      ...objectOf(bucket, key),
      ResponseContentDisposition: `attachment${name}`,
    });
    return { method: 'GET', url: await getSignedUrl(bucket.client, command, { expiresIn: seconds }), headers: {} };
  },

  async put({ key, size, sha256, contentType }, { seconds }) {
    const target = objectOf(bucket, key);
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new AnnealError('invalid_request', `sha256: '${sha256.slice(0, 80)}' is no SHA-256: 64 hexadecimal digits`);
    }
    if (!Number.isInteger(size) || size < 0 || size > LARGEST) {
      throw new AnnealError('invalid_request', `size: ${size} is not allowed: a whole number from 0 to ${LARGEST}`);
    }
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
    const Metadata = metadataOf({ size, sha256 }, randomUUID());
    const headers: Record<string, string> = {
      'content-type': contentType,
      'content-length': String(size),
      'if-none-match': '*',
      'x-amz-checksum-sha256': ChecksumSHA256,
      ...Object.fromEntries(Object.entries(Metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    };
    const command = new PutObjectCommand({
      ...target,
      ContentType: contentType,
      ContentLength: size,
      IfNoneMatch: '*',
      ...{ ChecksumSHA256, Metadata },
    });
    const names = new Set(Object.keys(headers));
    const url = await getSignedUrl(bucket.client, command, {
      expiresIn: seconds,
      signableHeaders: new Set([...names, 'host']),
      unhoistableHeaders: names,
    });
    return { method: 'PUT', url, headers };
  },
});
