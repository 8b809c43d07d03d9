/** The API as a function of Lambda, over DynamoDB Local and versitygw: its bundle in the runtime of AWS's images. */
import type { ArtifactStore, JobStore } from '@anneal/core';
import { apiKeys, type Scope } from '@anneal/core/api-keys.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildLambda } from '../../infra/build/main.mjs';
import {
  type Credentials,
  type RunningFunction,
  type StandIn,
  startDynamodb,
  startFunction,
  startS3,
} from '../../infra/stand-ins/index.mjs';
import { dynamodbJobStore } from '../../services/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { dynamodbRecordStore } from '../../services/core/adapters/dynamodb-record-store/index.ts';
import { s3ArtifactStore } from '../../services/core/adapters/s3-artifact-store/index.ts';

const region = 'us-east-1';
export const bundleOf = (name: string): string => new URL(`../../dist/lambda/${name}`, import.meta.url).pathname;

export interface LambdaPlace {
  /** Starts a function of the bundle `name`, on these stores, which ends with them. @param buffered its answers come whole */
  start(
    name: string,
    env?: Record<string, string>,
    timeoutSeconds?: number,
    buffered?: boolean,
  ): Promise<RunningFunction>;
  /** The stores of a tenant, as a runner opens them. */
  stores(tenant: string): Promise<{ jobs: JobStore; artifacts: ArtifactStore }>;
  key(tenant: string, scopes?: readonly Scope[]): Promise<string>;
  readonly env: Record<string, string>;
  readonly dynamodb: StandIn;
  readonly s3: StandIn;
  readonly credentials: Credentials;
}

/** @throws NoStandIn */
export async function lambdaPlace(): Promise<LambdaPlace & StandIn> {
  await buildLambda();
  const s3 = await startS3();
  const { credentials } = s3;
  const dynamodb = await startDynamodb({ credentials });
  await new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials }).send(
    new CreateBucketCommand({ Bucket: 'anneal' }),
  );
  await createJobsTable(new DynamoDBClient({ region, endpoint: dynamodb.url, credentials }), 'anneal');
  const table = `anneal?region=${region}&endpoint=${dynamodb.url}`;
  const bucket = (tenant: string) => `anneal/${tenant}?region=${region}&endpoint=${s3.url}`;
  const records = await dynamodbRecordStore(table, { client: { credentials } });
  const env = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ANNEAL_STORE: `dynamodb:${table}&pace=150&tenant={tenant}`,
    ANNEAL_ARTIFACTS: `s3:${bucket('{tenant}')}`,
  };
  const functions: RunningFunction[] = [];
  return {
    ...{ env, dynamodb, s3, credentials, url: dynamodb.url },
    async start(name, more = {}, timeoutSeconds = 30, buffered = false) {
      const started = await startFunction({
        ...{ folder: bundleOf(name), handler: 'index.handler', env: { ...env, ...more }, timeoutSeconds, buffered },
      });
      functions.push(started);
      return started;
    },
    async stores(tenant) {
      const jobs = await dynamodbJobStore(`${table}&tenant=${tenant}`, { client: { credentials } });
      const artifacts = await s3ArtifactStore(bucket(tenant), { client: { credentials } });
      return { jobs, artifacts };
    },
    key: async (tenant, scopes = ['read', 'submit']) =>
      (await apiKeys(records).create({ tenant, name: 'test', scopes })).secret,
    async stop() {
      for (const started of functions) await started.stop();
      await records.close();
      await dynamodb.stop();
      await s3.stop();
    },
  };
}
