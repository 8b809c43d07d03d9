/**
 * Stand-ins for AWS: jobs in DynamoDB and artifacts in S3, each behind a network that may be bad, runners in what stands for AWS Batch,
 * and what EventBridge does: it tells the reconciler, of which there may be two, of changes, and calls it from time to time.
 */
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchLauncher } from '@anneal/core/adapters/batch-launcher/index.ts';
import { dynamodbJobStore } from '@anneal/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '@anneal/core/adapters/dynamodb-job-store/set-up.ts';
import { s3ArtifactStore } from '@anneal/core/adapters/s3-artifact-store/index.ts';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startDynamodb, startS3 } from '../../../infra/stand-ins/index.mjs';
import { writeSmallData } from '../../small-data.ts';
import type { StandInJob } from '../../stand-ins/batch/job.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../../stand-ins/batch/start.ts';
import { faultyProxy } from '../../stand-ins/faulty-proxy.ts';
import { messagesOf } from './messages.ts';
import { programs } from './programs.ts';
import { execArgv, supervise } from './supervised.ts';
import { clocksIn, type World } from './world.ts';

const region = 'us-east-1';
const tenant = 'campaign';

/** @throws NoStandIn */
export async function openAws(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-faults-'));
  await writeSmallData(folder, 1);
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    return await openIn(folder, undo);
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

async function openIn(folder: string, undo: (() => Promise<unknown>)[]): Promise<World> {
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    undo.push(() => started.stop());
    return started;
  };
  const clocks = clocksIn(folder);
  const s3 = keep(await startS3());
  const { credentials } = s3;
  const dynamodb = keep(await startDynamodb({ credentials }));
  await new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials }).send(
    new CreateBucketCommand({ Bucket: 'anneal' }),
  );
  await createJobsTable(new DynamoDBClient({ region, endpoint: dynamodb.url, credentials }), 'anneal');
  const networks = { dynamodb: keep(await faultyProxy(dynamodb.url)), s3: keep(await faultyProxy(s3.url)) };
  const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  const image = {
    entrypoint: [process.execPath, ...execArgv, programs.runner],
    env: { ...keys, ...clocks.env.runners, ANNEAL_DATA: folder },
  } as const;
  const batch = keep(await startBatch({ image, credentials, stopMilliseconds: 30_000 }));

  const table = (endpoint: string) => `anneal?tenant=${tenant}&region=${region}&endpoint=${endpoint}`;
  const bucket = (endpoint: string) => `anneal/${tenant}?region=${region}&endpoint=${endpoint}`;
  const queues = `${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&tenant=${tenant}&region=${region}&endpoint=${batch.url}`;
  const env = {
    ANNEAL_STORE: `dynamodb:${table(networks.dynamodb.url)}`,
    ANNEAL_ARTIFACTS: `s3:${bucket(networks.s3.url)}`,
  };
  const client = { credentials };
  const jobs = await dynamodbJobStore(table(dynamodb.url), { client });
  undo.push(() => jobs.close());
  const artifacts = await s3ArtifactStore(bucket(s3.url), { client });
  const log = join(folder, 'service.log');

  const reconcilers = await Promise.all(
    [1, 2].map(async () => {
      const own = await dynamodbJobStore(table(networks.dynamodb.url), { client });
      const launcher = await batchLauncher(queues, { env, client, pollMilliseconds: 0 });
      undo.push(() => launcher.close());
      undo.push(() => own.close());
      return { jobs: own, batch: launcher.batch, tail: launcher.tail };
    }),
  );
  const messages = messagesOf(batch.executor, tenant, reconcilers, (error) => appendFileSync(log, `${error}\n`));
  undo.push(() => messages.close());
  const settings = { folder, entry: programs.runner, execArgv, env, batch: queues };
  const service = keep(await supervise(settings, { ...keys, ...clocks.env.service }, log));

  const runsOf = (id: string): StandInJob[] =>
    batch.executor.list().filter(({ submission }) => submission.tags?.['anneal:job'] === id);
  const runningOf = (id: string): StandInJob | undefined => runsOf(id).find(({ container }) => container);
  const at = (id: string, strike: (run: string) => void): boolean => {
    const run = runningOf(id);
    if (run) strike(run.id);
    return run !== undefined;
  };
  return {
    name: 'aws',
    ...{ jobs, artifacts, service, clocks, messages },
    networks: { dynamodb: networks.dynamodb.faults, s3: networks.s3.faults },
    pidOf: (id) => runningOf(id)?.container?.pid,
    notice: (id) => at(id, batch.executor.interrupt),
    loseMachine: (id) => at(id, batch.executor.loseHost),
    launchesOf: (id) => runsOf(id).length,
    close: () => undoAll(undo),
  };
}

/** The last first. */
async function undoAll(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
