/**
 * `npm run bench:stores`: the stores of one machine and those of AWS over their stand-ins, side by side in one run. 10,000 jobs are
 * submitted by 32 clients (as many calls at once), then listed; then what a life of a job asks of DynamoDB; then artifacts go in
 * and out, beside the plain requests of the AWS SDK.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamodbJobStore } from '@anneal/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '@anneal/core/adapters/dynamodb-job-store/set-up.ts';
import { fileArtifactStore } from '@anneal/core/adapters/file-artifact-store/index.ts';
import { s3ArtifactStore } from '@anneal/core/adapters/s3-artifact-store/index.ts';
import { sqliteJobStore } from '@anneal/core/adapters/sqlite-job-store/index.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startDynamodb, startS3 } from '../../../infra/stand-ins/index.mjs';
import { artifactRows } from './artifacts.ts';
import { capacityRows } from './capacity.ts';
import { jobRows } from './jobs.ts';

const jobs = Number(process.argv[2] ?? 10_000);
const region = 'us-east-1';
const folder = await mkdtemp(join(tmpdir(), 'anneal-bench-'));
const s3 = await startS3();
const { credentials } = s3;
const dynamodb = await startDynamodb({ credentials });
try {
  const tables = () => new DynamoDBClient({ region, endpoint: dynamodb.url, credentials });
  await createJobsTable(tables(), 'jobs');
  const table = (tenant: string) => `jobs?region=${region}&endpoint=${dynamodb.url}&tenant=${tenant}`;
  console.log(
    '| jobs | submit, 1/s | p50 ms | p99 ms | list of 20, p50 ms | p99 ms | by tag and state, p50 ms | p99 ms |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  console.log(await jobRows('SQLite', sqliteJobStore(join(folder, 'jobs.db')), jobs));
  console.log(
    await jobRows('DynamoDB Local', await dynamodbJobStore(table('bench'), { client: { credentials } }), jobs),
  );
  console.log(`\n${await capacityRows(tables(), (client) => dynamodbJobStore(table('units'), { client }))}`);

  const client = new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'bench' }));
  const store = await s3ArtifactStore(`bench/a?region=${region}&endpoint=${s3.url}`, { client: { credentials } });
  const bytes = randomBytes(64 * 2 ** 20);
  console.log('\n| 64 MiB | in, MB/s | as a stream, MB/s | out, MB/s |\n|---|---|---|---|');
  for (const row of await artifactRows(
    client,
    { files: await fileArtifactStore(join(folder, 'artifacts')), 'S3 (versitygw)': store },
    bytes,
  ))
    console.log(row);
} finally {
  await dynamodb.stop();
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
}
