/**
 * End to end with runners on AWS Batch, over its stand-in, and stores on DynamoDB's and S3's: SDK, the service as `anneal serve` runs it,
 * the built runner in what stands for a container, machines that are taken away, and the reconciler as Lambda calls it.
 */
import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openJobStore } from '@anneal/core/open.ts';
import { isFinal } from '@anneal/schemas';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startDynamodb, startS3 } from '../../infra/stand-ins/index.mjs';
import type { Anneal } from '../../sdk/index.ts';
import { handler } from '../../services/core/adapters/batch-launcher/reconcile/lambda.ts';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../stand-ins/batch/start.ts';
import { standIn } from '../stand-ins/start.ts';
import { artifactsOf, serve } from './service.ts';
import { spirals } from './spirals.ts';

const region = 'us-east-1';
const what = 'AWS Batch, end to end';
const s3 = await standIn(what, startS3);
const dynamodb = s3 && (await standIn(what, () => startDynamodb({ credentials: s3.credentials })));
const keys = s3 && {
  AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
};
const runner = fileURLToPath(new URL('../../dist/runner.js', import.meta.url));
const image = { entrypoint: [process.execPath, runner], env: keys ?? {} } as const;
const batch =
  s3 &&
  dynamodb &&
  (await standIn(what, () => startBatch({ image, credentials: s3.credentials, stopMilliseconds: 30_000 })));

if (s3 && dynamodb && batch && keys) {
  const client = new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials: s3.credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'anneal' }));
  await createJobsTable(new DynamoDBClient({ region, endpoint: dynamodb.url, credentials: s3.credentials }), 'anneal');
  after(() => client.destroy());
  const { executor } = batch;
  const place = (tenant: string) => ({
    ANNEAL_STORE: `dynamodb:anneal?tenant=${tenant}&pace=150&region=${region}&endpoint=${dynamodb.url}`,
    ANNEAL_ARTIFACTS: `s3:anneal/${tenant}?region=${region}&endpoint=${s3.url}`,
    ANNEAL_LAUNCHER: `batch:${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&region=${region}&endpoint=${batch.url}`,
  });
  const runsOf = (jobId: string) =>
    executor.list().filter(({ submission }) => submission.tags?.['anneal:job'] === jobId);
  const runningOf = (jobId: string) => runsOf(jobId).find(({ status }) => status === 'RUNNING');

  /** Waits for the first checkpoint of an attempt, and takes its machine away. */
  async function interrupt(service: Anneal, jobId: string, attempt: number): Promise<void> {
    let attempts = 0;
    for await (const { body } of service.jobs.stream(jobId)) {
      if (body.type === 'state' && body.state === 'running') attempts += 1;
      if (body.type !== 'checkpoint' || attempts < attempt) continue;
      executor.interrupt(runningOf(jobId)!.id);
      return;
    }
  }

  test('a job whose machine is taken away twice ends on an on-demand one, bit for bit as on this machine', {
    timeout: 300_000,
  }, async (t: TestContext) => {
    const local = await serve(t, []);
    const expected = await local.client.jobs.wait(await local.client.jobs.create(spirals(800)));
    const wanted = await artifactsOf(local.client, expected.id);
    await local.stop();

    const { client: service, stop } = await serve(t, [], { ...keys, ...place('team-a') });
    const job = await service.jobs.create(spirals(800));
    await interrupt(service, job.id, 1);
    await interrupt(service, job.id, 2);
    const done = await service.jobs.wait(job);
    assert.deepEqual([done.state, done.attempt], ['succeeded', 3]);
    const made = await artifactsOf(service, job.id);
    for (const name of ['weights.safetensors', 'model/weights.bin', 'scores.json'])
      assert.equal(made.get(name), wanted.get(name), name);

    const runs = runsOf(job.id).reverse();
    assert.deepEqual(
      runs.map(({ submission }) => submission.jobQueue),
      [SPOT, SPOT, ON_DEMAND],
    );
    for (const { attempts } of runs.slice(0, 2)) {
      assert.deepEqual(
        attempts.map(({ container }) => container?.exitCode),
        [75],
      );
      assert.ok(attempts[0]!.stoppedAt! - attempts[0]!.startedAt! < 30_000);
    }
    assert.equal((await service.jobs.logs(job.id)).match(/"claimed"/g)?.length, 3);
    await stop();
  });

  test('runners go on without the service, and the reconciler brings a lost job back by itself', {
    timeout: 300_000,
  }, async (t: TestContext) => {
    const env = place('team-b');
    const { client: service, stop } = await serve(t, [], { ...keys, ...env });
    const job = await service.jobs.create(spirals(1200));
    for await (const { body } of service.jobs.stream(job.id)) if (body.type === 'checkpoint') break;
    await stop();
    const run = runningOf(job.id)!;
    assert.ok(run);
    executor.loseHost(run.id);
    Object.assign(process.env, keys, env);
    const jobs = await openJobStore(env.ANNEAL_STORE);
    t.after(() => jobs.close());
    while (executor.get(run.id)!.status !== 'FAILED') await new Promise((resolve) => setTimeout(resolve, 20));
    // What EventBridge sends, twice at once and once more; then its timer.
    const change = { 'detail-type': 'Batch Job State Change', detail: { jobName: run.submission.jobName } };
    await Promise.all([handler(change), handler(change)]);
    await handler(change);
    assert.equal((await jobs.get(job.id)).state, 'queued');
    await Promise.all([handler({}), handler({ 'detail-type': 'Scheduled Event' })]);
    while (!isFinal((await jobs.get(job.id)).state)) await new Promise((resolve) => setTimeout(resolve, 100));
    const { state, attempt } = await jobs.get(job.id);
    assert.deepEqual([state, attempt, runsOf(job.id).length], ['succeeded', 2, 2]);
    const reasons = (await jobs.readEvents(job.id, 0, 100_000)).flatMap(({ body }) =>
      body.type === 'state' && body.state === 'queued' && body.reason ? [body.reason] : [],
    );
    assert.equal(reasons.length, 1);
    assert.match(reasons[0]!, /^its runner ended by the loss of its machine \(Host EC2 .*\); it goes on elsewhere$/);
  });
}
