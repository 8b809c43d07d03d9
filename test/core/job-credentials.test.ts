/** Credentials of a job, as a runner asks for them: renewed before their end, and what it makes of refusals. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type JobCredentials, jobCredentials, renewed } from '@anneal/core/adapters/aws/job-credentials.ts';

const MINUTE = 60_000;

/** Credentials by number, and a clock. */
function source() {
  let time = 5_000_000;
  const state = { asked: 0, fails: false };
  const get = async (): Promise<JobCredentials> => {
    state.asked += 1;
    if (state.fails) throw new Error('out of reach');
    return { accessKeyId: `key ${state.asked}`, secretAccessKey: 's', sessionToken: 't', seconds: 3600 };
  };
  const credentials = renewed(get, () => time);
  const key = async () => (await credentials()).accessKeyId;
  return { state, key, credentials, pass: (minutes: number) => (time += minutes * MINUTE) };
}

test('they are asked for once, renewed beside the work 20 minutes before their end, and then the new ones serve', async () => {
  const { state, key, pass } = source();
  assert.deepEqual(await Promise.all([key(), key(), key()]), ['key 1', 'key 1', 'key 1']);
  pass(39);
  assert.deepEqual([await key(), state.asked], ['key 1', 1]);
  pass(2);
  assert.deepEqual([await key(), state.asked], ['key 1', 2]);
  assert.deepEqual([await key(), state.asked], ['key 2', 2]);
});

test('where renewing fails, what is there serves until a minute before its end, and it is tried again every half minute', async () => {
  const { state, key, pass } = source();
  await key();
  state.fails = true;
  pass(41);
  for (let i = 0; i < 5; i++) assert.equal(await key(), 'key 1');
  assert.equal(state.asked, 2);
  pass(1);
  assert.deepEqual([await key(), state.asked], ['key 1', 3]);
  pass(17.5);
  await assert.rejects(key(), /out of reach/);
  state.fails = false;
  assert.match(await key(), /^key \d$/);
});

test('after a long standstill nobody is given what is over', async () => {
  const { state, key, pass } = source();
  await key();
  pass(59.5);
  assert.deepEqual([await key(), state.asked], ['key 2', 2]);
});

test('a client of AWS keeps them so shortly that it asks before each request', async () => {
  const { credentials } = source();
  const { expiration } = await credentials();
  assert.ok(expiration.getTime() - Date.now() < 5 * MINUTE);
});

/** A function that answers so. */
async function answering(t: TestContext, status: number, body: string) {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const ANNEAL_CREDENTIALS = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { seen, get: jobCredentials({ ANNEAL_CREDENTIALS, ANNEAL_CREDENTIALS_TOKEN: 'job.secret' })! };
}

test('they come from the URL, by the token as bearer', async (t) => {
  const body = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c', seconds: 3600 };
  const { seen, get } = await answering(t, 200, JSON.stringify(body));
  const { accessKeyId, secretAccessKey, sessionToken } = await get();
  assert.deepEqual([accessKeyId, secretAccessKey, sessionToken, seen], ['a', 'b', 'c', ['Bearer job.secret']]);
});

for (const [what, status, body, expected] of [
  ['a token that opens nothing: the job is lost', 403, '{}', { code: 'lease_lost', retryable: false }],
  ['a function that fails', 502, '{}', { code: 'store_unavailable', retryable: true, message: /127\.0\.0\.1.*502/ }],
  ['an answer without credentials', 200, '{"seconds":1}', { code: 'store_unavailable', retryable: true }],
] as const) {
  test(what, async (t) => {
    const { get } = await answering(t, status, body);
    await assert.rejects(get(), expected);
  });
}

test('nobody to ask: clients find credentials as always; a URL without a token is an error', () => {
  assert.equal(jobCredentials({}), undefined);
  assert.throws(() => jobCredentials({ ANNEAL_CREDENTIALS: 'https://x' }), /ANNEAL_CREDENTIALS_TOKEN is not/);
});
