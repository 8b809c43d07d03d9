/**
 * All of it on AWS's stand-ins, with no process of ours that runs all the time: SDK, the API's function, DynamoDB, the reconciler's function
 * that its stream calls, AWS Batch, the built runner, S3, and back. The test does what lies between them on AWS: it hands on the stream
 * of the table, and Batch's changes of state as EventBridge does.
 */
import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isFinal } from '@anneal/schemas';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildAll } from '../../infra/build/main.mjs';
import { buildReconciler } from '../../infra/build/reconciler.mjs';
import { Anneal, type TrainSpecInput } from '../../sdk/index.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../stand-ins/batch/start.ts';
import { lambdaPlace } from '../stand-ins/lambda-place.ts';
import { standIn } from '../stand-ins/start.ts';
import { streamOf } from '../stand-ins/table-stream.ts';
import { artifactsOf } from './service.ts';

const tenant = 'team-w';
const what = 'all of it on AWS';
const runner = fileURLToPath(new URL('../../dist/runner.js', import.meta.url));

/** So many that the machine can be taken away in between. */
const STEPS = 8000;

const fashion: TrainSpecInput = {
  kind: 'train',
  data: { type: 'fashion-mnist' },
  model: {
    layers: [{ type: 'flatten' }, { type: 'dense', units: 32, activation: 'relu' }, { type: 'dense', units: 10 }],
  },
  loss: { type: 'softmax-cross-entropy' },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.003 },
  batchSize: 64,
  seed: 3,
  budget: { steps: STEPS },
  checkpoints: { everySeconds: 0.2 },
  checks: 'off',
  plan: 'graph',
};

const place = await standIn(what, lambdaPlace);
const image = place && {
  entrypoint: [process.execPath, runner] as [string, ...string[]],
  env: {
    AWS_ACCESS_KEY_ID: place.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: place.credentials.secretAccessKey,
  },
};
const batch =
  image && (await standIn(what, () => startBatch({ image, credentials: place.credentials, stopMilliseconds: 30_000 })));

if (place && batch) {
  const { credentials, dynamodb } = place;
  const region = 'us-east-1';
  const tables = new DynamoDBClient({ region, endpoint: dynamodb.url, credentials });
  after(() => tables.destroy());
  const newRecords = await streamOf(tables, dynamodb, 'anneal');
  await buildReconciler();
  await buildAll();
  const of = (address: string): string => address.replace('{tenant}', tenant);
  const reconciler = await place.start(
    'reconciler',
    {
      ANNEAL_STORE: of(place.env.ANNEAL_STORE!),
      ANNEAL_ARTIFACTS: of(place.env.ANNEAL_ARTIFACTS!),
      ANNEAL_LAUNCHER: `batch:${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&region=${region}&endpoint=${batch.url}`,
    },
    120,
  );
  const api = await place.start('api');
  const runs = () => batch.executor.list();

  /** Hands the stream and Batch's changes on, until a job has ended. */
  async function pump(ended: () => Promise<boolean>): Promise<void> {
    const changes: object[] = [];
    const end = batch!.executor.onChange(({ jobName, status }) => {
      if (status === 'SUCCEEDED' || status === 'FAILED')
        changes.push({ 'detail-type': 'Batch Job State Change', detail: { jobName } });
    });
    while (!(await ended())) {
      const Records = await newRecords();
      if (Records.length > 0) await reconciler.invoke({ Records });
      for (const change of changes.splice(0)) await reconciler.invoke(change);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    end();
  }

  test('Fashion-MNIST from the SDK to the SDK, over a spot interruption, without any server', {
    timeout: 300_000,
  }, async (t: TestContext) => {
    const client = new Anneal({ baseUrl: api.url, token: await place.key(tenant, ['read', 'submit']) });
    const start = performance.now();
    const job = await client.jobs.create(fashion, { idempotencyKey: 'whole' });
    assert.equal((await client.jobs.create(fashion, { idempotencyKey: 'whole' })).id, job.id);
    const ended = async (): Promise<boolean> => isFinal((await client.jobs.retrieve(job.id)).state);
    const pumping = pump(ended);
    for await (const { body } of client.jobs.stream(job.id)) {
      if (body.type === 'state' && body.state === 'failed') break;
      if (body.type !== 'checkpoint') continue;
      batch.executor.interrupt(runs().find(({ status }) => status === 'RUNNING')!.id);
      break;
    }
    await pumping;
    const done = await client.jobs.wait(job);
    assert.deepEqual([done.state, done.attempt, runs().length], ['succeeded', 2, 2], `${done.error?.message}`);
    assert.equal(done.result!.steps, STEPS);
    assert.ok(done.result!.test!.score! > 0.75, `${done.result!.test!.score}`);
    const artifacts = await artifactsOf(client, job.id);
    assert.ok(artifacts.has('weights.safetensors') && artifacts.has('model/model.json'));
    t.diagnostic(`${((performance.now() - start) / 1000).toFixed(1)} s, test accuracy ${done.result!.test!.score}`);
  });

  test('a stop of a job, and a job of another tenant, launch nothing', { timeout: 60_000 }, async () => {
    const before = runs().length;
    const other = new Anneal({ baseUrl: api.url, token: await place.key('others', ['read', 'submit']) });
    await other.jobs.create(fashion);
    const mine = new Anneal({ baseUrl: api.url, token: await place.key(tenant, ['read', 'submit']) });
    const { id } = await mine.jobs.create(fashion);
    await mine.jobs.cancel(id);
    await pump(async () => isFinal((await mine.jobs.retrieve(id)).state));
    const Records = await newRecords();
    await reconciler.invoke({ Records });
    assert.equal(runs().length, before);
  });
}
