/** Lists, in the order of keys, by pages of a thousand. S3's list doesn't tell types and hashes, so each object is asked for them. */
import { AnnealError } from '@anneal/schemas';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { folderOfPrefix, TEMPORARY } from '../../artifact-key.ts';
import type { BlobInfo } from '../../ports/artifact-store.ts';
import type { Bucket } from './bucket.ts';
import { explain } from './errors.ts';
import { head } from './read.ts';

/** Objects asked for at once, ahead of the reader. */
const AHEAD = 16;

export async function* list(bucket: Bucket, prefix: string): AsyncIterable<BlobInfo> {
  folderOfPrefix(prefix);
  let asked: Promise<BlobInfo | undefined | Failure>[] = [];
  const first = async (): Promise<BlobInfo | undefined> => {
    const [next, ...rest] = asked;
    asked = rest;
    const answer = await next;
    if (answer instanceof Failure) throw answer.error;
    return answer;
  };
  for await (const key of keysOf(bucket, prefix)) {
    asked.push(look(bucket, key));
    const info = asked.length >= AHEAD ? await first() : undefined;
    if (info) yield info;
  }
  while (asked.length > 0) {
    const info = await first();
    if (info) yield info;
  }
}

class Failure {
  constructor(readonly error: unknown) {}
}

/** Undefined for what has been removed since. A failure is kept until its turn comes. */
const look = (bucket: Bucket, key: string): Promise<BlobInfo | undefined | Failure> =>
  head(bucket, key).catch((error) =>
    error instanceof AnnealError && error.code === 'artifact_not_found' ? undefined : new Failure(error),
  );

async function* keysOf({ client, name, prefix: folder }: Bucket, prefix: string): AsyncIterable<string> {
  try {
    for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket: name, Prefix: folder + prefix })) {
      for (const { Key = '' } of Contents ?? []) {
        const key = Key.slice(folder.length);
        if (!key.startsWith(`${TEMPORARY}/`)) yield key;
      }
    }
  } catch (error) {
    throw explain(error, `${prefix}*`);
  }
}
