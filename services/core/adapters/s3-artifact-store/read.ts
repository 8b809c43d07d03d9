/** Reading, checked. A connection that is cut is taken up again where it ended. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AnnealError } from '@anneal/schemas';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { blobRange, damagedBytes } from '../../blob-range.ts';
import type { ArtifactStore, BlobInfo } from '../../ports/artifact-store.ts';
import { awsError } from '../aws/error.ts';
import { type Bucket, objectOf } from './bucket.ts';
import { explain } from './errors.ts';
import { headObject, infoOf, type ObjectBody } from './facts.ts';

/** Cuts in a row, without a byte between them, after which the reader is told. */
const PATIENCE = 6;
const FIRST_WAIT = 50;

export const head = async (bucket: Bucket, key: string): Promise<BlobInfo> =>
  infoOf(key, await headObject(bucket, key));

export async function get(
  bucket: Bucket,
  key: string,
  range?: { start: number; end?: number },
): ReturnType<ArtifactStore['get']> {
  const found = await headObject(bucket, key);
  const info = infoOf(key, found);
  const { start, end } = blobRange(info, range);
  return { info, body: read(bucket, info, found.ETag, start, end) };
}

/** Asks for the bytes when the first of them are wanted, so that a body nobody reads holds no connection. */
async function* read(
  bucket: Bucket,
  info: BlobInfo,
  etag: string | undefined,
  start: number,
  end: number,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  let at = start;
  for (let cuts = 0; at <= end; ) {
    const before = at;
    try {
      for await (const chunk of await open(bucket, info.key, etag, at, end)) {
        if (at + chunk.byteLength > end + 1) throw damagedBytes(info.key);
        hash.update(chunk);
        at += chunk.byteLength;
        yield chunk;
      }
      if (at <= end) throw Object.assign(new Error('the answer ended too early'), { code: 'ECONNRESET' });
    } catch (error) {
      cuts = at > before ? 1 : cuts + 1;
      if (!isCut(error) || cuts > PATIENCE) throw explained(error, info.key);
      await pause(FIRST_WAIT * 2 ** (cuts - 1));
    }
  }
  const whole = start === 0 && end === info.size - 1;
  if (whole && hash.digest('hex') !== info.sha256) throw damagedBytes(info.key);
}

async function open(
  bucket: Bucket,
  key: string,
  etag: string | undefined,
  start: number,
  end: number,
): Promise<ObjectBody> {
  const request = { ...objectOf(bucket, key), Range: `bytes=${start}-${end}` };
  const { Body } = await bucket.client.send(
    new GetObjectCommand({ ...request, ...(etag !== undefined && { IfMatch: etag }) }),
  );
  return Body as ObjectBody;
}

/** Whether the connection broke, or the answer did not come: not an answer that says no, after all tries of the client. */
const isCut = (error: unknown): boolean => {
  const known = awsError(error);
  return !(error instanceof AnnealError) && known !== undefined && known.status === undefined;
};

const explained = (error: unknown, key: string): unknown =>
  awsError(error)?.status === 412
    ? new AnnealError('data_damaged', `artifact ${key} was replaced by something else while it was read`)
    : explain(error, key);
