#!/usr/bin/env node
/** Makes the bucket of ANNEAL_ARTIFACTS, `s3:BUCKET/FOLDER?region=…&endpoint=…`, unless it is there; waits for the store to answer. */
import { BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

const { protocol, pathname, searchParams } = new URL(process.env.ANNEAL_ARTIFACTS || 'none:');
const [bucket] = pathname.split('/');
if (protocol !== 's3:' || !bucket) {
  process.stderr.write('ANNEAL_ARTIFACTS names no bucket: set it to s3:BUCKET?region=…&endpoint=…\n');
  process.exit(2);
}
const client = new S3Client({
  region: searchParams.get('region') ?? undefined,
  endpoint: searchParams.get('endpoint') ?? undefined,
  forcePathStyle: searchParams.has('endpoint'),
  maxAttempts: 10,
});
try {
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  process.stdout.write(`made the bucket ${bucket}\n`);
} catch (error) {
  if (!(error instanceof BucketAlreadyOwnedByYou)) {
    process.stderr.write(`the bucket ${bucket} can't be made: ${error}\n`);
    process.exit(1);
  }
  process.stdout.write(`the bucket ${bucket} is there\n`);
}
