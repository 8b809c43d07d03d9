/**
 * All of it on AWS's stand-ins, with no process of ours that runs all the time: SDK, the API's function, DynamoDB, the reconciler's function
 * that its stream calls, AWS Batch, the built runner with no rights but those of its launch, S3, and back. The test does what lies between
 * them on AWS: it hands on the stream of the table, and Batch's changes of state as EventBridge does. What runners and functions ask of
 * DynamoDB and S3 is compared with their policies in the template, as the stand-ins refuse nobody.
 */
import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isFinal } from '@anneal/schemas';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { buildAll } from '../../infra/build/main.mjs';
import { buildReconciler } from '../../infra/build/reconciler.mjs';
import { Anneal, type TrainSpecInput } from '../../sdk/index.ts';
import { apiRights, askedBy, assertAllowed, jobRights, tenantRights } from '../infra/rights.ts';
import { skip } from '../infra/synthesis.ts';
import { DEFINITION, ON_DEMAND, SPOT, startBatch } from '../stand-ins/batch/start.ts';
import { faultyProxy } from '../stand-ins/faulty-proxy.ts';
import { lambdaPlace } from '../stand-ins/lambda-place.ts';
import { standIn } from '../stand-ins/start.ts';
import { type AssumedSession, startSts } from '../stand-ins/sts.ts';
import { streamOf } from '../stand-ins/table-stream.ts';
import { watchedWay } from '../stand-ins/watched-way.ts';
import { artifactsOf } from './service.ts';

const tenant = 'team-w';
const what = 'all of it on AWS';
const runner = fileURLToPath(new URL('../../dist/runner.js', import.meta.url));

/** So many that the machine can be taken away in between. */
const STEPS = 20_000;

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

/** Of the sessions; moto takes any. */
const ROLE = 'arn:aws:iam::123456789012:role/job';

await buildAll();
const place = await standIn(what, lambdaPlace);
const image = { entrypoint: [process.execPath, runner] as [string, ...string[]], env: {} };
const batch =
  place && (await standIn(what, () => startBatch({ image, credentials: place.credentials, stopMilliseconds: 30_000 })));
const sts = batch && (await standIn(what, () => startSts({ url: batch.moto, credentials: place.credentials })));

if (place && batch && sts) {
  const { credentials, dynamodb } = place;
  const region = 'us-east-1';
  const tables = new DynamoDBClient({ region, endpoint: dynamodb.url, credentials });
  after(() => tables.destroy());
  const newRecords = await streamOf(tables, dynamodb, 'anneal');
  await buildReconciler();
  // The reconciler's own, and that of the runners, to whom it says where the stores are.
  const { asked, env } = await watchedWay(place);
  const ofApi = await watchedWay(place);
  const granting = await place.start(
    'job-credentials',
    {
      ANNEAL_STORE: place.env.ANNEAL_STORE!.replace('{tenant}', tenant),
      ANNEAL_JOB_ROLE: ROLE,
      AWS_ENDPOINT_URL_STS: sts.url,
    },
    15,
    true,
  );
  const queues = await faultyProxy(batch.url);
  after(() => queues.stop());
  const reconciler = await place.start(
    'reconciler',
    {
      ...env(tenant),
      ANNEAL_LAUNCHER: `batch:${SPOT}?onDemand=${ON_DEMAND}&definition=${DEFINITION}&credentials=${granting.url}/&region=${region}&endpoint=${queues.url}`,
    },
    120,
  );
  const api = await place.start('api', ofApi.env('{tenant}'));
  const runs = () => batch.executor.list();
  /** Jobs that have gone through, and how many runners they had. */
  const trained: { readonly id: string; readonly launches: number }[] = [];

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

    // One that reads what another job has made.
    const other = await client.jobs.create({ kind: 'evaluate', model: { job: job.id } });
    await pump(async () => isFinal((await client.jobs.retrieve(other.id)).state));
    const { state, error } = await client.jobs.retrieve(other.id);
    assert.equal(state, 'succeeded', error?.message);
    trained.push({ id: job.id, launches: 2 }, { id: other.id, launches: 1 });
  });

  test('each launch has a session of its own, whose tags name its job; its token is worth nothing afterwards', {
    timeout: 60_000,
  }, async () => {
    assert.equal(trained.length, 2);
    for (const { id, launches } of trained) {
      const tags = { 'anneal:tenant': tenant, 'anneal:job': id };
      const made: readonly AssumedSession[] = sts.sessions.filter((session) => session.tags['anneal:job'] === id);
      assert.deepEqual(
        made.map((session) => [session.role, session.seconds, session.tags]),
        made.map(() => [ROLE, 3600, tags]),
      );
      assert.equal(made.length, launches);
      const used = new Set(made.map(({ sessionToken }) => sessionToken));
      assert.deepEqual(
        [...used].filter((token) => !asked.some(({ sessionToken }) => sessionToken === token)),
        [],
        'sessions that nobody used',
      );
    }
    const before = sts.sessions.length;
    const tokens = runs().flatMap(({ submission }) =>
      (submission.containerOverrides?.environment ?? []).flatMap(({ name, value }) =>
        name === 'ANNEAL_CREDENTIALS_TOKEN' ? [value!] : [],
      ),
    );
    assert.deepEqual([tokens.length, new Set(tokens).size], [3, 3]);
    for (const token of [...tokens, 'none', '']) {
      const { status } = await fetch(granting.url, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(status, 403);
    }
    assert.equal(sts.sessions.length, before);
  });

  test('runners, the reconciler and the API have asked for nothing that their policies forbid', {
    skip,
    timeout: 120_000,
  }, async (t) => {
    const rights = await jobRights();
    const actions = new Set<string>();
    for (const { tags, sessionToken } of sts.sessions) {
      const own = asked.filter((seen) => seen.sessionToken === sessionToken);
      for (const action of assertAllowed(rights, own, tags)) actions.add(action);
      for (const one of own.flatMap(askedBy)) {
        const writes = /(Put|Update|Delete)/.test(one.action);
        const elsewhere = { ...tags, 'anneal:job': 'job_other' };
        const shared = one.keys?.every((key) => /#(state#|record#calibrations)/.test(key));
        if (writes && !shared) assert.ok(!rights(elsewhere, one), `another job may not: ${JSON.stringify(one)}`);
      }
    }
    // Without a session: the reconciler's.
    const reconciling = asked.filter(({ sessionToken }) => sessionToken === '');
    assertAllowed(await tenantRights(tenant), reconciling);
    assertAllowed(await apiRights(), ofApi.asked);
    assert.ok(reconciling.length > 10 && ofApi.asked.length > 10);
    t.diagnostic(`${asked.length} requests: ${[...actions].sort().join(', ')}`);
    for (const action of ['s3:PutObject', 's3:GetObject', 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:Query'])
      assert.ok(actions.has(action), action);
  });

  test('a job whose runner never starts fails at once, with the reason, and no timer is needed for it', {
    timeout: 60_000,
  }, async () => {
    const client = new Anneal({ baseUrl: api.url, token: await place.key(tenant, ['read', 'submit']) });
    // Batch tries a start three times, the service a launch.
    batch.executor.failStarts(...Array.from({ length: 9 }, () => 'CannotPullContainerError: no such image'));
    const { id } = await client.jobs.create(fashion);
    await pump(async () => isFinal((await client.jobs.retrieve(id)).state));
    const { state, error } = await client.jobs.retrieve(id);
    assert.equal(state, 'failed');
    assert.match(
      error!.message,
      /^its runner ended by no start: CannotPullContainerError: no such image; .* as 3 attempts did/,
    );
  });

  test('a launch that Batch refuses is tried again later, not at every event', { timeout: 60_000 }, async () => {
    const client = new Anneal({ baseUrl: api.url, token: await place.key(tenant, ['read', 'submit']) });
    let refused = 0;
    queues.faults(({ url }) => {
      if (!url.endsWith('/submitjob')) return;
      refused += 1;
      const body = JSON.stringify({ message: 'the queue is disabled' });
      return { kind: 'answer', status: 400, type: 'application/json', body };
    });
    const { id } = await client.jobs.create(fashion);
    for (let look = 0; look < 12; look++) await reconciler.invoke({ Records: await newRecords() });
    queues.faults();
    assert.ok(refused > 0 && refused <= 5, `${refused} launches`);
    await client.jobs.cancel(id);
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
