/** Several tenants and their keys in one service: who sees what, who may do what, and how much. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addressesOf } from '@anneal/api/addresses.ts';
import { type Service, serve } from '@anneal/api/node.ts';
import { apiKeys, type Scope } from '@anneal/core/api-keys.ts';
import { openRecordStore } from '@anneal/core/open.ts';
import type { Job, JobPage, Problem } from '@anneal/schemas';
import { assertConforms } from './conformance.ts';
import { spec } from './spec.ts';

let folder: string;
let service: Service;
let clock = 0;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anneal-tenants-'));
  // Jobs stay in the queue.
  service = await serve({ folder, port: 0, concurrency: 0, limits: { openJobs: 3, requestsPerMinute: 500 } });
});
after(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function keyOf(tenant: string, scopes: readonly Scope[] = ['read', 'submit']): Promise<string> {
  const records = await openRecordStore(`sqlite:${folder}/jobs.db`);
  const { secret } = await apiKeys(records, () => 1_800_000_000_000 + clock++).create({ tenant, name: 'test', scopes });
  await records.close();
  return secret;
}

async function ask(token: string, target: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
  const response = await fetch(service.url + target, { ...init, headers });
  await assertConforms(init.method ?? 'GET', new URL(target, 'http://x').pathname, response);
  return response;
}
const submit = (token: string, headers: Record<string, string> = {}) =>
  ask(token, '/v1/jobs', { method: 'POST', body: JSON.stringify(spec()), headers });
const submitted = async (token: string): Promise<Job> => (await (await submit(token)).json()) as Job;
const code = async (response: Response) => ((await response.json()) as Problem).code;

describe('tenants', () => {
  it('see nothing of each other: the job of another is not there', async () => {
    const [a, b] = [await keyOf('see-a'), await keyOf('see-b')];
    const job = await submitted(a);
    assert.equal((await ask(a, `/v1/jobs/${job.id}`)).status, 200);
    for (const token of [b, service.token]) {
      for (const tail of [
        '',
        '/events',
        '/metrics',
        '/diagnostics',
        '/checkpoints',
        '/artifacts',
        '/artifacts/x',
        '/logs',
      ]) {
        assert.equal((await ask(token, `/v1/jobs/${job.id}${tail}`)).status, 404, tail);
      }
      for (const verb of ['cancel', 'pause', 'resume']) {
        assert.equal((await ask(token, `/v1/jobs/${job.id}/${verb}`, { method: 'POST' })).status, 404, verb);
      }
      assert.deepEqual(((await (await ask(token, '/v1/jobs')).json()) as JobPage).items, []);
      const source = { kind: 'evaluate', model: { job: job.id, weights: 'weights.safetensors' } };
      const refused = await ask(token, '/v1/jobs', { method: 'POST', body: JSON.stringify(source) });
      assert.match(((await refused.json()) as Problem).message, /there is no job/);
    }
  });

  it('may use the same idempotency key for different jobs', async () => {
    const key = { 'idempotency-key': 'nightly' };
    const ids: string[] = [];
    for (const tenant of ['same-a', 'same-b']) {
      const answer = await submit(await keyOf(tenant), key);
      assert.equal(answer.status, 201);
      ids.push(((await answer.json()) as Job).id);
    }
    assert.notEqual(ids[0], ids[1]);
  });

  it('keep their jobs, artifacts and data apart on the disk too', async () => {
    await submitted(await keyOf('apart'));
    for (const name of ['jobs.db', 'data']) assert.ok(existsSync(path.join(folder, 'tenants/apart', name)), name);
  });
});

describe('scopes', () => {
  it('read reads, submit submits, admin does both', async () => {
    const [reads, submits, admin] = [
      await keyOf('scopes', ['read']),
      await keyOf('scopes', ['submit']),
      await keyOf('scopes', ['admin']),
    ];
    assert.equal((await ask(reads, '/v1/jobs')).status, 200);
    const refused = await submit(reads);
    assert.equal(refused.status, 403);
    assert.match(((await refused.json()) as Problem).message, /has the scopes read; this needs submit/);
    const job = await submitted(submits);
    assert.equal(await code(await ask(submits, `/v1/jobs/${job.id}`)), 'forbidden');
    assert.equal((await ask(reads, `/v1/jobs/${job.id}/cancel`, { method: 'POST' })).status, 403);
    assert.equal((await ask(admin, `/v1/jobs/${job.id}`)).status, 200);
    assert.equal((await ask(admin, `/v1/jobs/${job.id}/cancel`, { method: 'POST' })).status, 200);
  });
});

describe('quotas', () => {
  it('so many jobs of a tenant may be open; then 429 says when to come again', async () => {
    const [a, b] = [await keyOf('quota-a'), await keyOf('quota-b')];
    const again = { 'idempotency-key': 'again' };
    const jobs = [(await (await submit(a, again)).json()) as Job, await submitted(a), await submitted(a)];
    const replayed = await submit(a, again);
    assert.deepEqual([replayed.status, ((await replayed.json()) as Job).id], [200, jobs[0]!.id], 'no new job');
    const refused = await submit(a);
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '30']);
    assert.equal(await code(refused), 'rate_limited');
    assert.equal((await submit(b)).status, 201, 'of another');
    await ask(a, `/v1/jobs/${jobs[0]!.id}/cancel`, { method: 'POST' });
    assert.equal((await submit(a)).status, 201);
  });

  it('so many requests of a tenant may come in a minute', async () => {
    const [a, b] = [await keyOf('rate-a'), await keyOf('rate-b')];
    const statuses: number[] = [];
    let refused: Response | undefined;
    // The window may change in between, once.
    for (let i = 0; i < 1001 && !refused; i++) {
      const answer = await fetch(`${service.url}/v1/nothing`, { headers: { authorization: `Bearer ${a}` } });
      await answer.arrayBuffer();
      statuses.push(answer.status);
      if (answer.status === 429) refused = answer;
    }
    assert.ok(statuses.length > 500 && statuses.slice(0, 500).every((status) => status === 404));
    const wait = Number(refused?.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 60);
    assert.equal((await ask(b, '/v1/jobs')).status, 200, 'of another');
    assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
  });
});

describe('addresses', () => {
  const both = (store?: string, artifacts?: string) => addressesOf('/f', { store, artifacts });

  it('with {tenant} are of several tenants, each with its own', () => {
    const { home, store, artifacts, data } = both('dynamodb:t?tenant={tenant}', 's3:b/{tenant}?region=x');
    assert.deepEqual(
      [home, store('a'), artifacts('a'), data('a'), data(home)],
      ['default', 'dynamodb:t?tenant=a', 's3:b/a?region=x', '/f/tenants/a/data', '/f/data'],
    );
  });

  it('without it are of one: a key of another opens nothing', () => {
    const one = both('dynamodb:t?tenant=team-a', 's3:b/x');
    assert.deepEqual([one.home, one.serves('team-a'), one.serves('default')], ['team-a', true, false]);
    assert.throws(() => one.store('team-b'), { code: 'forbidden', message: /jobs of team-a only/ });
  });

  it('that would put the artifacts of all tenants in one place are refused', () => {
    assert.throws(() => both('dynamodb:t?tenant={tenant}', 's3:b/x'), { code: 'invalid_request' });
    assert.throws(() => both('dynamodb:t', 's3:b/{tenant}'), { code: 'invalid_request' });
    assert.equal(both(undefined, 's3:b/x').serves('a'), false);
  });

  it('hold no name that leads elsewhere', () => {
    for (const tenant of ['..', 'a/b', 'a&b', ''])
      assert.throws(() => both().store(tenant), { code: 'invalid_request' });
  });
});
