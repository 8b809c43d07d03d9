/**
 * End to end with the stores of AWS, over their stand-ins: SDK, the service as `anneal serve` runs it, DynamoDB, real runners, S3, and
 * back; compared with the same job on the stores of one machine. And those never load a client of AWS.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { startDynamodb, startS3 } from '../../infra/stand-ins/index.mjs';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { anneal, temporaryFolder } from '../cli/anneal.ts';
import { writeSmallData } from '../small-data.ts';
import { standIn } from '../stand-ins/start.ts';
import { artifactsOf, serve } from './service.ts';
import { spirals } from './spirals.ts';

const region = 'us-east-1';
const what = 'stores of AWS, end to end';
const s3 = await standIn(what, startS3);
const dynamodb = s3 && (await standIn(what, () => startDynamodb({ credentials: s3.credentials })));

if (s3 && dynamodb) {
  const { credentials } = s3;
  const bucketClient = new S3Client({ region, endpoint: s3.url, forcePathStyle: true, credentials });
  await bucketClient.send(new CreateBucketCommand({ Bucket: 'anneal' }));
  await createJobsTable(new DynamoDBClient({ region, endpoint: dynamodb.url, credentials }), 'anneal');
  const env = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  const places = (tenant: string) => ({
    store: `dynamodb:anneal?pace=150&region=${region}&endpoint=${dynamodb.url}&tenant=${tenant}`,
    artifacts: `s3:anneal/${tenant}?region=${region}&endpoint=${s3.url}`,
  });

  test('a job on DynamoDB and S3 ends as on one machine, bit for bit, also after a pause and a new service', {
    timeout: 300_000,
  }, async (t) => {
    const { store, artifacts } = places('team-a');

    const spec = { ...spirals(200), tags: { team: 'aws' } };
    const local = await serve(t, []);
    const expected = await local.client.jobs.wait(await local.client.jobs.create(spec));
    const wanted = await artifactsOf(local.client, expected.id);
    await local.stop();

    const first = await serve(t, ['--store', store, '--artifacts', artifacts], env);
    const job = await first.client.jobs.create(spec, { idempotencyKey: 'one' });
    assert.equal((await first.client.jobs.create(spec, { idempotencyKey: 'one' })).id, job.id);
    for await (const { body } of first.client.jobs.stream(job.id)) {
      if (body.type !== 'checkpoint') continue;
      await first.client.jobs.pause(job.id);
      break;
    }
    let paused = await first.client.jobs.retrieve(job.id);
    while (paused.state === 'running') paused = await first.client.jobs.retrieve(job.id);
    assert.equal(paused.state, 'paused');
    await first.stop();
    for (const name of ['jobs.db', 'artifacts']) assert.ok(!existsSync(join(first.home, name)), name);

    // Another folder: all that the service knows of the job is in the stores; by the environment this time.
    const second = await serve(t, [], { ...env, ANNEAL_STORE: store, ANNEAL_ARTIFACTS: artifacts });
    await second.client.jobs.resume(job.id);
    const done = await second.client.jobs.wait(job);
    assert.deepEqual([done.state, done.attempt], ['succeeded', 2]);
    assert.deepEqual(done.result!.test, expected.result!.test);
    const made = await artifactsOf(second.client, job.id);
    for (const name of ['weights.safetensors', 'model/weights.bin', 'scores.json'])
      assert.equal(made.get(name), wanted.get(name), name);
    const listed = await second.client.jobs.list({ tags: { team: 'aws' }, state: 'succeeded' });
    assert.deepEqual(
      listed.items.map(({ id }) => id),
      [job.id],
    );
    const events = [];
    for await (const event of second.client.jobs.stream(job.id)) events.push(event.body);
    assert.ok(events.some((body) => body.type === 'state' && body.state === 'paused'));
    await second.stop();

    const { Contents = [] } = await bucketClient.send(
      new ListObjectsV2Command({ Bucket: 'anneal', Prefix: 'team-a/' }),
    );
    assert.ok(Contents.length > made.size && Contents.every(({ Key }) => Key?.startsWith(`team-a/jobs/${job.id}/`)));
    const { Uploads = [] } = await bucketClient.send(new ListMultipartUploadsCommand({ Bucket: 'anneal' }));
    assert.deepEqual(Uploads, []);
  });

  test('two services share the stores: neither takes the other’s runners for lost, and each can stop them', {
    timeout: 300_000,
  }, async (t) => {
    const { store, artifacts } = places('shared');
    const args = ['--store', store, '--artifacts', artifacts, '--concurrency', '2'];
    const first = await serve(t, args, env);
    const long = await first.client.jobs.create(spirals(1_000_000));
    for await (const { body } of first.client.jobs.stream(long.id)) if (body.type === 'checkpoint') break;

    const second = await serve(t, args, env);
    const short = await second.client.jobs.wait(await second.client.jobs.create(spirals(5)));
    assert.deepEqual([short.state, short.attempt], ['succeeded', 1]);
    const { state, attempt } = await second.client.jobs.retrieve(long.id);
    assert.deepEqual([state, attempt], ['running', 1]);
    await second.client.jobs.cancel(long.id);
    let after = await first.client.jobs.retrieve(long.id);
    while (after.state === 'running') after = await first.client.jobs.retrieve(long.id);
    assert.deepEqual([after.state, after.attempt], ['cancelled', 1]);
    await second.stop();
    await first.stop();
  });
}

test('on the stores of one machine no process loads a client of AWS', async (t) => {
  const folder = await temporaryFolder(t);
  await writeSmallData(join(folder, '.anneal', 'data'), 2);
  const env = { NODE_OPTIONS: `--import ${new URL('../stand-ins/refuse-aws.mjs', import.meta.url).href}` };
  const { code, stderr } = await anneal(['submit', '.anneal/data/spec.yaml', '--wait'], { folder, env });
  assert.equal(code, 0, stderr);
  const chosen = await anneal(['serve', '--port', '0', '--store', 'dynamodb:anneal'], { folder, env });
  assert.match(chosen.stderr, /a client of AWS is loaded/);
});
