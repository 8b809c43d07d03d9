/**
 * The API as it runs on Lambda: the bundle in the runtime of AWS's images, behind a function URL that streams, over DynamoDB Local and
 * versitygw. The SDK is its client; a test stands for the runner and writes to the stores.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { EventBody } from '@anneal/schemas';
import { buildLambda } from '../../infra/build/main.mjs';
import { Anneal, AuthenticationError, NotFoundError, PermissionError, RateLimitError } from '../../sdk/index.ts';
import { spec } from '../api/spec.ts';
import { bundleOf, lambdaPlace } from '../stand-ins/lambda-place.ts';
import { standIn } from '../stand-ins/start.ts';

/** Bytes; what Lambda loads before it can answer. */
const LARGEST_BUNDLE = 2_500_000;

// Before any test is made: the runner of Node 20 takes the file for done, and ends what it stands on, where all tests made so far have ended.
const place = await standIn('the API on Lambda', lambdaPlace);

const clients = {
  api: ['@aws-sdk/client-dynamodb', '@aws-sdk/client-s3'],
  'job-credentials': ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sts'],
  'webhook-dispatch': ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sqs'],
  'webhook-send': ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sqs'],
};
for (const [name, expected] of Object.entries(clients)) {
  test(`the bundle of ${name} holds no TensorFlow and no clients of AWS but the two that it uses`, async (t) => {
    await buildLambda();
    const folder = bundleOf(name);
    const { inputs } = JSON.parse(readFileSync(`${folder}/build.json`, 'utf8')) as { inputs: string[] };
    const packages = new Set(inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
    assert.deepEqual([...packages].filter((one) => /^@aws-sdk\/client-/.test(one)).sort(), expected);
    assert.deepEqual(
      [...packages].filter((one) => /tensorflow|sqlite|pino|node-server/.test(one)),
      [],
    );
    assert.ok(!inputs.some((input) => /services\/(engine|runner|verify|diagnose|ensemble)\//.test(input)));
    const { size } = statSync(`${folder}/index.mjs`);
    t.diagnostic(`bundle: ${size} bytes, ${gzipSync(readFileSync(`${folder}/index.mjs`)).length} compressed`);
    assert.ok(size < LARGEST_BUNDLE, `${size} bytes`);
  });
}

if (place) {
  const api = await place.start('api', { ANNEAL_STREAM_SECONDS: '2', ANNEAL_OPEN_JOBS: '5' });
  const clientOf = async (...of: Parameters<typeof place.key>) =>
    new Anneal({ baseUrl: api.url, token: await place.key(...of) });
  const notice = (message: string): EventBody => ({ type: 'notice', level: 'info', message });

  test('keys open their tenant with their scopes, and nothing else does', async () => {
    const a = await clientOf('keys-a');
    assert.equal((await a.health()).status, 'ok');
    const job = await a.jobs.create(spec(), { idempotencyKey: 'one' });
    assert.equal((await a.jobs.create(spec(), { idempotencyKey: 'one' })).id, job.id);
    assert.deepEqual(
      (await a.jobs.list()).items.map(({ id }) => id),
      [job.id],
    );
    assert.equal((await a.jobs.retrieve(job.id)).state, 'queued');
    const other = await clientOf('keys-b');
    await assert.rejects(other.jobs.retrieve(job.id), NotFoundError);
    assert.deepEqual((await other.jobs.list()).items, []);
    await assert.rejects((await clientOf('keys-a', ['read'])).jobs.cancel(job.id), PermissionError);
    await assert.rejects(new Anneal({ baseUrl: api.url, token: 'wrong' }).jobs.list(), AuthenticationError);
    assert.equal((await a.jobs.cancel(job.id)).state, 'cancelled');
    const { jobs } = await place.stores('keys-a');
    assert.equal((await jobs.get(job.id)).state, 'cancelled');
    await jobs.close();
  });

  test('requests that are wrong are answered as everywhere: 400, 404, 405, 415, 422', async () => {
    const authorization = `Bearer ${await place.key('wrong')}`;
    const status = async (path: string, init: RequestInit) =>
      (await fetch(api.url + path, { ...init, headers: { authorization, ...init.headers } })).status;
    const json = { 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string>) => ({ method: 'POST', body, headers });
    assert.equal(await status('/v1/jobs', post('{"a":', json)), 400);
    assert.equal(await status('/v1/jobs?limit=0', {}), 400);
    assert.equal(await status('/v1/jobs/job_x', {}), 404);
    assert.equal(await status('/v1/jobs', { method: 'DELETE' }), 405);
    // Neither can be sent by fetch, nor be a Request of the function.
    const raw = async (method: string, body = ''): Promise<number | undefined> => {
      const headers = { authorization, 'content-length': body.length };
      const sent = request(`${api.url}/v1/jobs`, { method, headers }).end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    assert.deepEqual([await raw('TRACE'), await raw('GET', 'a body')], [405, 200]);
    assert.equal(await status('/v1/jobs', post('text', { 'content-type': 'text/plain' })), 415);
    assert.equal(await status('/v1/jobs', post('{"kind":"train"}', json)), 422);
    assert.equal(await status('/v1/jobs', { method: 'HEAD' }), 200);
    assert.equal(await status('/openapi.json', {}), 200);
  });

  test('events stream while the job runs; a stream that ends with its function goes on in another, each event once', async () => {
    const client = await clientOf('streams');
    const { jobs } = await place.stores('streams');
    const job = await client.jobs.create(spec());
    await jobs.transition(job.id, ['queued'], 'starting');
    const lease = await jobs.claim(job.id, 'runner', 60_000);
    const seen: number[] = [];
    let reconnects = 0;
    for await (const { seq, body } of client.jobs.stream(job.id, { onReconnect: () => reconnects++ })) {
      seen.push(seq);
      // Each is written only when the one before has come: nothing waits for the end of the stream.
      if (body.type === 'notice' && reconnects >= 2) await jobs.transition(job.id, ['running'], 'succeeded', { lease });
      else if (body.type !== 'state' || body.state === 'running') await jobs.appendEvents(job.id, [notice('x')], lease);
    }
    assert.ok(reconnects >= 2);
    assert.deepEqual(
      seen,
      Array.from(seen, (_, i) => i + 1),
    );
    assert.equal((await jobs.readEvents(job.id, 0, 1000)).length, seen.length);
    await jobs.close();
  });

  test('artifacts come whole and by ranges', async () => {
    const client = await clientOf('artifacts');
    const { jobs, artifacts } = await place.stores('artifacts');
    const job = await client.jobs.create(spec());
    await jobs.transition(job.id, ['queued'], 'starting');
    const lease = await jobs.claim(job.id, 'runner', 60_000);
    const bytes = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251));
    const contentType = 'application/octet-stream';
    const { size, sha256 } = await artifacts.putIfAbsent(`jobs/${job.id}/1/weights.bin`, bytes, contentType);
    const artifact = { name: 'weights.bin', size, sha256, contentType, attempt: 1 };
    await jobs.appendEvents(job.id, [{ type: 'artifact', artifact }], lease);
    const body = await client.jobs.artifacts.get(job.id, 'weights.bin');
    assert.ok(Buffer.from(await body.bytes()).equals(bytes));
    const part = await fetch(`${api.url}/v1/jobs/${job.id}/artifacts/weights.bin`, {
      headers: { authorization: `Bearer ${await place.key('artifacts')}`, range: 'bytes=10-12' },
    });
    assert.deepEqual([part.status, ...new Uint8Array(await part.arrayBuffer())], [206, 10, 11, 12]);

    // What is large comes from the bucket, by a request that needs no key, and is checked all the same.
    const { url } = await place.start('api', { ANNEAL_REDIRECT_BYTES: '1000000' });
    const token = await place.key('artifacts');
    const path = `${url}/v1/jobs/${job.id}/artifacts/weights.bin`;
    const headers = { authorization: `Bearer ${token}` };
    const redirect = await fetch(path, { headers, redirect: 'manual' });
    assert.deepEqual([redirect.status, redirect.headers.get('etag')], [307, `"${sha256}"`]);
    assert.match(redirect.headers.get('location')!, /X-Amz-Expires=300/);
    const range = await fetch(path, { headers: { ...headers, range: 'bytes=0-1' } });
    assert.deepEqual([range.status, range.redirected, (await range.arrayBuffer()).byteLength], [206, false, 2]);
    const redirected = await new Anneal({ baseUrl: url, token }).jobs.artifacts.get(job.id, 'weights.bin');
    assert.equal(redirected.sha256, sha256);
    assert.ok(Buffer.from(await redirected.bytes()).equals(bytes));
    await jobs.close();
  });

  test('data sets go straight to S3, are checked by a job, and open to no other tenant', async () => {
    const client = await clientOf('datasets');
    const { jobs, artifacts } = await place.stores('datasets');
    // More than Lambda takes in one request.
    const bytes = Buffer.from(Uint8Array.from({ length: 8_000_000 }, (_, i) => i % 251));
    const made = await client.datasets.upload([{ name: 'a.bin', source: new Blob([bytes]) }], { name: 'bytes' });
    assert.equal(made.state, 'checking');
    const { uploads } = await client.datasets.create({
      files: [{ name: 'a', size: 0, sha256: made.files[0]!.sha256 }],
    });
    assert.ok(uploads[0]!.url.includes('/anneal/datasets/datasets/ds_'), uploads[0]!.url);
    assert.deepEqual((await artifacts.head(`datasets/${made.id}/files/a.bin`)).size, bytes.length);
    await assert.rejects((await clientOf('datasets-b')).datasets.retrieve(made.id), NotFoundError);
    await assert.rejects((await clientOf('datasets', ['read'])).datasets.remove(made.id), PermissionError);
    const train = spec({
      data: { type: 'csv', dataset: made.id, file: 'a.bin', features: ['a'], label: 'b', classes: 2 },
      model: { layers: [{ type: 'dense', units: 2 }] },
    });
    await assert.rejects(client.jobs.create(train as never), /is still being checked by job_/);

    await jobs.transition(made.check!, ['queued'], 'starting');
    const lease = await jobs.claim(made.check!, 'runner', 60_000);
    const contents = { format: 'other' as const, rows: null, columns: null, shape: null, delimiter: null };
    const counts = { pass: 0, warn: 0, skipped: 0, seconds: 1, peakMemoryBytes: 1 };
    const result = { files: [{ name: 'a.bin', ...contents }], examples: null, ...counts };
    await jobs.transition(made.check!, ['running'], 'succeeded', { lease, change: { result } });
    assert.equal((await client.datasets.wait(made.id)).state, 'ready');
    assert.ok((await client.datasets.list()).items.some(({ id }) => id === made.id));
    await client.datasets.remove(made.id);
    await assert.rejects(artifacts.head(`datasets/${made.id}/files/a.bin`), { code: 'artifact_not_found' });
    await jobs.close();
  });

  test('a tenant that asks for too much is told when to come again', async () => {
    const client = await clientOf('quota');
    for (let i = 0; i < 5; i++) await client.jobs.create(spec());
    await assert.rejects(client.jobs.create(spec(), { maxRetries: 0 }), RateLimitError);
    const limited = await place.start('api', { ANNEAL_REQUESTS_PER_MINUTE: '3' });
    const headers = { authorization: `Bearer ${await place.key('rate')}` };
    let refused: Response | undefined;
    // The minute may change in between, once.
    for (let i = 0; i < 7 && !refused; i++) {
      const answer = await fetch(`${limited.url}/v1/jobs`, { headers });
      await answer.arrayBuffer();
      if (answer.status === 429) refused = answer;
    }
    assert.match(refused?.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
  });

  test('a start that lacks something says what', async () => {
    const broken = await place.start('api', { ANNEAL_STORE: 'sqlite:/{tenant}/jobs.db' });
    const answer = await fetch(`${broken.url}/healthz`);
    assert.equal(answer.status, 502);
    assert.match(await answer.text(), /must begin with dynamodb:/);
  });

  test('each environment serves one request at a time; as many start as requests come at once', async (t) => {
    const before = api.coldStarts.length;
    const client = await clientOf('many');
    const job = await client.jobs.create(spec());
    const streams = Array.from({ length: 3 }, () => client.jobs.stream(job.id));
    for (const stream of streams) assert.equal((await stream.next()).done, false);
    assert.equal((await client.jobs.retrieve(job.id)).id, job.id);
    assert.ok(api.coldStarts.length >= Math.max(4, before), `${api.coldStarts.length} environments`);
    await Promise.all(streams.map((stream) => stream.return('cancelled')));
    const times = api.coldStarts.map(({ initMilliseconds }) => Math.round(initMilliseconds));
    t.diagnostic(`initialisation of ${times.length} environments, ms: ${times.join(', ')}`);
  });
}
