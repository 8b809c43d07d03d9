/** End to end: retries, idempotency, timeouts and errors of the client, against a real HTTP server that misbehaves by script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delay, parseRetryAfter } from '../../sdk/client/backoff.ts';
import {
  Anneal,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  InvalidSpecError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  type SpecInput,
  TimeoutError,
} from '../../sdk/index.ts';
import { hangUp, json, problem, scripted, silence } from './scripted-server.ts';

const spec = { kind: 'train' } as SpecInput;

test('what may succeed later is tried two more times, under one idempotency key', async (t) => {
  const { client, seen } = await scripted(
    t,
    problem(503, 'store_unavailable', true),
    hangUp,
    json({ id: 'job_1' }, 201),
  );
  assert.equal((await client.jobs.create(spec)).id, 'job_1');
  const keys = new Set(seen.map(({ headers }) => headers['idempotency-key']));
  assert.equal(seen.length, 3);
  assert.equal(keys.size, 1);
  assert.match(String([...keys][0]), /^anneal-[0-9a-f]{32}$/);
  assert.equal(seen[2]?.headers.authorization, 'Bearer secret');
  assert.equal(seen[2]?.body, '{"kind":"train"}');
});

test('two calls have two idempotency keys, a given key is sent as it is', async (t) => {
  const { client, seen } = await scripted(t, json({}), json({}), json({}));
  await client.jobs.create(spec);
  await client.jobs.create(spec);
  await client.jobs.create(spec, { idempotencyKey: 'mine' });
  const keys = seen.map(({ headers }) => headers['idempotency-key']);
  assert.notEqual(keys[0], keys[1]);
  assert.equal(keys[2], 'mine');
});

test('the third failure is the result', async (t) => {
  const busy = problem(429, 'rate_limited', true);
  const { client, seen } = await scripted(t, busy, busy, busy);
  await assert.rejects(client.jobs.retrieve('job_1'), (error) => error instanceof RateLimitError && error.retryable);
  assert.equal(seen.length, 3);
});

test('what the service says can not succeed later is not tried again', async (t) => {
  const { client, seen } = await scripted(t, problem(500, 'internal', false), problem(409, 'conflict', false));
  await assert.rejects(client.jobs.retrieve('job_1'), ServerError);
  await assert.rejects(client.jobs.cancel('job_1'), ConflictError);
  assert.equal(seen.length, 2);
});

test('a body that breaks off is read again', async (t) => {
  const { client, seen } = await scripted(
    t,
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"id":', () => response.socket?.destroy());
    },
    json({ id: 'job_1' }),
  );
  assert.equal((await client.jobs.retrieve('job_1')).id, 'job_1');
  assert.equal(seen.length, 2);
});

const families = [
  [400, 'invalid_json', BadRequestError],
  [401, 'unauthorized', AuthenticationError],
  [403, 'forbidden', PermissionError],
  [404, 'not_found', NotFoundError],
  [409, 'conflict', ConflictError],
  [415, 'unsupported_media_type', BadRequestError],
  [422, 'invalid_spec', InvalidSpecError],
] as const;
for (const [status, code, Family] of families) {
  test(`status ${status} is a ${Family.name}`, async (t) => {
    const { client } = await scripted(t, problem(status, code, false, { param: 'update.rule' }));
    await assert.rejects(client.jobs.validate(spec), (error) => {
      assert.ok(error instanceof Family);
      const { name, message, param, retryable } = error;
      const wanted = [Family.name, code, `it is ${code}`, 'update.rule', false, status];
      assert.deepEqual([name, error.code, message, param, retryable, error.status], wanted);
      return true;
    });
  });
}

test('an answer that is no problem document is still an error of its family', async (t) => {
  const { client } = await scripted(t, (response) =>
    response.writeHead(502, { 'retry-after': '0' }).end('<h1>Bad gateway</h1>'),
  );
  const request = client.jobs.retrieve('job_1', { maxRetries: 0 });
  await assert.rejects(request, (error) => error instanceof ServerError && /Bad gateway/.test(error.message));
});

test('no answer in time is a TimeoutError', async (t) => {
  const { client } = await scripted(t, silence);
  const request = client.jobs.retrieve('job_1', { timeout: 30, maxRetries: 0 });
  await assert.rejects(request, (error) => error instanceof TimeoutError && error.code === 'request_timeout');
});

test('an aborted request rejects with the reason of the signal and is not tried again', async (t) => {
  const controller = new AbortController();
  const { client, seen } = await scripted(t, () => controller.abort(new Error('changed my mind')));
  await assert.rejects(client.jobs.retrieve('job_1', { signal: controller.signal }), /changed my mind/);
  assert.equal(seen.length, 1);
});

test('a service that is not there is a ConnectionError that names its address', async () => {
  const client = new Anneal({ baseUrl: 'http://127.0.0.1:1', maxRetries: 0, fetch: () => fetch('http://127.0.0.1:9') });
  await assert.rejects(client.health(), (error) => {
    return error instanceof ConnectionError && error.message.startsWith('the connection to http://127.0.0.1:1 failed');
  });
});

test('delays double from half a second to eight, up to a quarter shorter, and Retry-After counts up to a minute', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 9].map((n) => delay(n, null, 0)),
    [500, 1000, 2000, 4000, 8000, 8000, 8000],
  );
  assert.equal(delay(0, null, 1), 375);
  assert.equal(delay(3, '2'), 2000);
  assert.equal(delay(0, '61', 0), 500);
  assert.equal(parseRetryAfter('Thu, 01 Jan 1970 00:00:20 GMT', 5_000), 15_000);
  assert.equal(parseRetryAfter('soon'), undefined);
});
