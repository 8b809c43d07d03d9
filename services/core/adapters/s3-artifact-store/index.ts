/**
 * Artifacts as objects of a bucket, under their own names; size and SHA-256 are in each object's metadata. `put.ts` says how they come
 * there. Needs conditional writes and SHA-256 checksums of the S3 it is given; AWS and versitygw have them.
 */
import { AnnealError } from '@anneal/schemas';
import { DeleteObjectCommand, ListObjectsV2Command, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import { endpointOf, parseAwsAddress } from '../aws/address.ts';
import { clientSettings } from '../aws/client.ts';
import { awsError, wordsOf } from '../aws/error.ts';
import { type Bucket, objectOf } from './bucket.ts';
import { explain } from './errors.ts';
import { list } from './list.ts';
import { presigner } from './presign.ts';
import { putIfAbsent } from './put.ts';
import { get, head } from './read.ts';

/** Bytes; S3 wants 5 MiB at least. 10,000 of them are the largest blob: 78 GiB. */
const PART = 8 * 2 ** 20;

export interface S3ArtifactStoreOptions {
  /** Settings of the client over those of the store, or a client; the store closes it. */
  readonly client?: (S3ClientConfig & { readonly maxAttempts?: number }) | S3Client;
  /** False: the bucket is taken to be there, which spares a request. */
  readonly check?: boolean;
  readonly partBytes?: number;
}

export type S3ArtifactStore = ArtifactStore & { close(): void };

/** Opens the store at `BUCKET/FOLDER?region=…&endpoint=…`; the bucket must be there. An endpoint is addressed by path. With `presign=no`
 *  clients are given no requests to S3 itself: for one that only the service can reach.
 *  @throws AnnealError invalid_request for an address that is none, store_unavailable if the bucket can't be reached */
export async function s3ArtifactStore(
  rest: string,
  { client: settings, partBytes = PART, check = true }: S3ArtifactStoreOptions = {},
): Promise<S3ArtifactStore> {
  const { name: place, options } = parseAwsAddress('s3', rest, ['region', 'endpoint', 'presign']);
  const { presign = 'yes' } = options;
  if (presign !== 'yes' && presign !== 'no') {
    throw new AnnealError('invalid_request', `s3:${rest}: presign is '${presign}'; allowed: yes, no`);
  }
  const [, name, folder] =
    /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*))?\/?$/.exec(place) ?? [];
  if (name === undefined) {
    throw new AnnealError(
      'invalid_request',
      `s3:${rest} names no bucket; an address looks like s3:BUCKET/FOLDER?region=…`,
    );
  }
  const endpoint = endpointOf('s3', options);
  const client =
    settings instanceof S3Client
      ? settings
      : new S3Client({
          ...clientSettings(settings?.maxAttempts),
          ...(options.region !== undefined && { region: options.region }),
          ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
          // Everything carries its SHA-256 already; presigned requests must not ask for a checksum that clients don't send.
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
          ...settings,
        });
  const bucket: Bucket = { client, name, prefix: folder === undefined ? '' : `${folder}/`, partBytes };
  if (check) await checkBucket(bucket);
  return {
    putIfAbsent: (key, body, contentType) => putIfAbsent(bucket, key, body, contentType),
    head: (key) => head(bucket, key),
    get: (key, range) => get(bucket, key, range),
    remove: (key) => remove(bucket, key),
    list: (prefix) => list(bucket, prefix),
    ...(presign === 'yes' && { presigned: presigner(bucket) }),
    close: () => client.destroy(),
  };
}

/** By a look into its own folder: the rights to list may end there. */
async function checkBucket({ client, name, prefix }: Bucket): Promise<void> {
  try {
    await client.send(new ListObjectsV2Command({ Bucket: name, Prefix: prefix, MaxKeys: 1 }));
  } catch (cause) {
    const known = awsError(cause);
    if (!known) throw cause;
    const text = `the bucket ${name} can't be reached: ${wordsOf(known)}`;
    throw new AnnealError('store_unavailable', text, null, [], { cause });
  }
}

async function remove(bucket: Bucket, key: string): Promise<void> {
  try {
    await bucket.client.send(new DeleteObjectCommand(objectOf(bucket, key)));
  } catch (error) {
    throw explain(error, key);
  }
}
