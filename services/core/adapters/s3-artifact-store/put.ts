/**
 * Storing. A blob of one part goes in one request, a larger one part by part; S3 checks each against its SHA-256 and takes the object
 * only if its key is free (If-None-Match). The metadata, which hold the SHA-256 of the whole, must be known when an upload begins. Of
 * bytes in memory it is. A stream is uploaded under a draft's name while it is hashed; then S3 copies it to its key on its side, with
 * the metadata, and the SHA-256 of what it copied is compared. (The draft has no checksums of its own: some gateways copy those in
 * place of computing them.)
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { AnnealError } from '@anneal/schemas';
import { type CompletedPart, DeleteObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import type { BlobInfo } from '../../ports/artifact-store.ts';
import { type Bucket, draftOf, objectOf } from './bucket.ts';
import { copyDraft, segmentsOf } from './copy.ts';
import { explain, isDamaged, isNoUpload, isTaken, isUndecided, taken, unavailable } from './errors.ts';
import { metadataOf, putterOf } from './facts.ts';
import { partsOf, sideBySide } from './parts.ts';
import { MOST_PARTS, type UploadOptions, type UploadTarget, upload } from './upload.ts';

/** Parts on their way at once: what an upload holds in memory. */
const AT_ONCE = 4;
/** Tries of a put that meets another one of the same key. */
const TRIES = 8;
const FIRST_WAIT = 50;

type Body = Uint8Array | AsyncIterable<Uint8Array>;

export async function putIfAbsent(bucket: Bucket, key: string, body: Body, contentType: string): Promise<BlobInfo> {
  objectOf(bucket, key);
  try {
    return await putBody(bucket, key, body instanceof Uint8Array ? body : marked(body), contentType);
  } catch (error) {
    throw error instanceof SourceFailed ? error.cause : error;
  }
}

/** What the caller's own stream failed with, whatever it looks like: not an error of S3. */
class SourceFailed extends Error {}

async function* marked(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new SourceFailed('', { cause });
  }
}

async function putBody(bucket: Bucket, key: string, body: Body, contentType: string): Promise<BlobInfo> {
  const parts = partsOf(body, bucket.partBytes);
  const first = (await parts.next()).value ?? new Uint8Array();
  const second = first.byteLength === bucket.partBytes ? await parts.next() : undefined;
  if (!second?.value) return putWhole(bucket, key, first, contentType);
  const more = second.value;
  async function* all() {
    yield first;
    yield more;
    yield* parts;
  }
  try {
    // Spares the sending of bytes that can't be stored; who wins is decided at the end.
    if ((await putterOf(bucket, key)) !== undefined) throw taken(key);
    if (body instanceof Uint8Array) return await putParts(bucket, key, body, all(), contentType);
    return await putStream(bucket, key, all(), contentType);
  } finally {
    await parts.return();
  }
}

/** A blob in one request. */
async function putWhole(bucket: Bucket, key: string, bytes: Uint8Array, contentType: string): Promise<BlobInfo> {
  const digest = createHash('sha256').update(bytes).digest();
  const info = { key, size: bytes.byteLength, sha256: digest.toString('hex'), contentType };
  const put = randomUUID();
  const request = {
    ...objectOf(bucket, key),
    Body: bytes,
    ContentLength: info.size,
    ContentType: contentType,
    ChecksumSHA256: digest.toString('base64'),
    Metadata: metadataOf(info, put),
    IfNoneMatch: '*',
  };
  for (let tries = 1; ; tries++) {
    try {
      await bucket.client.send(new PutObjectCommand(request));
      return info;
    } catch (error) {
      if ((isUndecided(error) || isDamaged(error)) && tries < TRIES)
        await pause(FIRST_WAIT * 2 ** (tries - 1) * Math.random());
      else return settled(bucket, key, put, error, info);
    }
  }
}

/** A blob in memory, part by part. */
async function putParts(
  bucket: Bucket,
  key: string,
  whole: Uint8Array,
  parts: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<BlobInfo> {
  const hash = createHash('sha256');
  for await (const part of partsOf(whole, bucket.partBytes)) {
    hash.update(part);
    // Others get their turn: heartbeats must go on.
    await turn();
  }
  const info = { key, size: whole.byteLength, sha256: hash.digest('hex'), contentType };
  const put = randomUUID();
  const target = objectOf(bucket, key);
  const options = finalOptions(info, put);
  try {
    await upload(bucket, target, options, (id) => sendParts(bucket, target, id, parts, true));
    return info;
  } catch (error) {
    return settled(bucket, key, put, error, info);
  }
}

async function putStream(
  bucket: Bucket,
  key: string,
  parts: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<BlobInfo> {
  const put = randomUUID();
  const draft = draftOf(bucket, put);
  const segments = segmentsOf();
  async function* hashed() {
    for await (const part of parts) {
      segments.add(part);
      yield part;
    }
  }
  try {
    await upload(bucket, draft, {}, (id) => sendParts(bucket, draft, id, hashed(), false));
  } catch (error) {
    throw explain(error, key);
  }
  const { size, sha256, pieces } = segments.end();
  const info = { key, size, sha256, contentType };
  const options = finalOptions(info, put);
  const target = objectOf(bucket, key);
  try {
    await upload(bucket, target, options, (id) => copyDraft(bucket, draft, target, id, pieces, key));
    return info;
  } catch (error) {
    return await settled(bucket, key, put, error, info);
  } finally {
    // What can't be removed goes by the bucket's rule for drafts.
    await bucket.client.send(new DeleteObjectCommand(draft)).catch(() => undefined);
  }
}

const finalOptions = (info: BlobInfo, put: string): UploadOptions => ({
  ContentType: info.contentType,
  Metadata: metadataOf(info, put),
  IfNoneMatch: '*',
  ChecksumAlgorithm: 'SHA256',
});

function sendParts(
  { client }: Bucket,
  target: UploadTarget,
  UploadId: string,
  parts: AsyncIterable<Uint8Array>,
  checked: boolean,
): Promise<CompletedPart[]> {
  return sideBySide(parts, AT_ONCE, async (Body, index) => {
    const PartNumber = index + 1;
    if (PartNumber > MOST_PARTS) {
      const most = MOST_PARTS * Body.byteLength;
      throw new AnnealError('payload_too_large', `an artifact is larger than the ${most} bytes that can be stored`);
    }
    const checksum = checked && { ChecksumSHA256: createHash('sha256').update(Body).digest('base64') };
    const part = { ...target, UploadId, PartNumber, Body, ContentLength: Body.byteLength, ...checksum };
    for (let tries = 1; ; tries++) {
      try {
        const { ETag } = await client.send(new UploadPartCommand(part));
        return { PartNumber, ETag, ...checksum };
      } catch (error) {
        if (!isDamaged(error) || tries === TRIES) throw error;
      }
    }
  });
}

/** The put that failed may have been carried out by a request whose answer was lost: then the object says so. */
async function settled(bucket: Bucket, key: string, put: string, error: unknown, info: BlobInfo): Promise<BlobInfo> {
  if (error instanceof AnnealError) throw error;
  const explained = explain(error, key);
  if (explained === error) throw error;
  const putter = await putterOf(bucket, key).catch(() => undefined);
  if (putter === put) return info;
  if (putter !== undefined) throw taken(key);
  if (isTaken(error) || isUndecided(error)) throw unavailable(key, 'another writer of it came and went', error);
  if (isNoUpload(error)) throw unavailable(key, 'its upload was ended from outside', error);
  throw explained;
}
