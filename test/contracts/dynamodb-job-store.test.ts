/** Contract: the JobStore on DynamoDB, over DynamoDB Local; and what is its own: bad networks, throttling, tenants, limits. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import type { JobStore, Lease } from '@anneal/core';
import type { AnnealError, EventBody, TrainSpec } from '@anneal/schemas';
import { CreateTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { dynamodbJobStore } from '../../services/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { type Fault, faultyProxy, type Seen } from '../stand-ins/faulty-proxy.ts';
import { standIn } from '../stand-ins/start.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { anySpec } from './spec.ts';

const dynamodb = await standIn('DynamoDB: contract and what is its own', startDynamodb);
if (dynamodb) await theTests(dynamodb);

async function theTests({ url, credentials }: NonNullable<typeof dynamodb>): Promise<void> {
  const region = 'us-east-1';
  const direct = new DynamoDBClient({ region, endpoint: url, credentials });
  const documents = DynamoDBDocumentClient.from(direct);
  await createJobsTable(direct, 'jobs');
  const network = await faultyProxy(url);
  after(() => network.stop());
  let tenants = 0;
  const newTenant = () => `tenant-${++tenants}`;
  const open = (tenant: string, now = Date.now, endpoint = url) =>
    dynamodbJobStore(`jobs?region=${region}&tenant=${tenant}&endpoint=${endpoint}`, { now, client: { credentials } });
  const notice = (message: string): EventBody => ({ type: 'notice', level: 'info', message });

  /** A store over the network, whose faults each test sets. */
  async function openBad(tenant = newTenant()): Promise<JobStore> {
    network.faults();
    return open(tenant, Date.now, network.url);
  }

  /** Everything of a tenant. */
  async function itemsOf(tenant: string) {
    const found: Record<string, unknown>[] = [];
    for (let from: Record<string, unknown> | undefined; ; ) {
      const page = await documents.send(
        new ScanCommand({ TableName: 'jobs', ConsistentRead: true, ExclusiveStartKey: from }),
      );
      found.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
      if (!from) return found.filter(({ pk }) => String(pk).startsWith(`${tenant}#`));
    }
  }

  const refusal = (type: string, extra = {}): Fault => ({
    kind: 'answer',
    status: 400,
    type: 'application/x-amz-json-1.0',
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'by the test', ...extra }),
  });
  const cancelled = (...codes: string[]): Fault =>
    refusal('TransactionCanceledException', {
      CancellationReasons: codes.map((Code) => ({ Code, Message: 'by the test' })),
    });
  const isWrite = ({ target }: Seen) => /TransactWriteItems|UpdateItem/.test(target);
  /** The fault for each request that matches, the first time that it comes. */
  const once = (fault: Fault, matches: (seen: Seen) => boolean) => {
    const met = new Set<string>();
    return (seen: Seen) => {
      const request = `${seen.target} ${seen.body}`;
      if (!matches(seen) || met.has(request)) return undefined;
      met.add(request);
      return fault;
    };
  };

  /** A job from submission to success; throws if anything is not as on a good network. */
  async function wholeLife(store: JobStore): Promise<void> {
    const { job, created } = await store.create({
      spec: anySpec({ a: 'b' }),
      idempotency: { key: 'k', bodyHash: 'a' },
    });
    assert.equal(created, true);
    await store.transition(job.id, ['queued'], 'starting');
    const lease = await store.claim(job.id, 'runner-1', 60_000);
    assert.equal(lease.attempt, 1);
    await store.appendEvents(job.id, [notice('a'), notice('b')], lease);
    await store.requestStop(job.id, 'pause');
    assert.deepEqual(await store.heartbeat(lease, 60_000), { stopping: 'pause' });
    await store.appendEvents(job.id, [notice('c')], lease);
    await store.transition(job.id, ['running'], 'succeeded', { lease });
    const events = await store.readEvents(job.id, 0, 100);
    const words = events.map(({ body }) =>
      body.type === 'notice' ? body.message : body.type === 'state' && body.state,
    );
    assert.deepEqual(words, ['queued', 'starting', 'running', 'a', 'b', 'c', 'succeeded']);
    assert.deepEqual(
      (await store.list({ tags: { a: 'b' } }, { limit: 10 })).items.map(({ id, state }) => [id, state]),
      [[job.id, 'succeeded']],
    );
  }

  jobStoreContract('DynamoDB', async () => {
    const tenant = newTenant();
    const clock = { now: 1_800_000_000_000 };
    const now = () => clock.now;
    return { store: await open(tenant, now), again: () => open(tenant, now), clock };
  });

  for (const [what, fault] of [
    ['throttled', refusal('ProvisionedThroughputExceededException')],
    ['throttled by the account', refusal('ThrottlingException')],
    ['answered by an error of the server', { kind: 'answer', status: 500, body: '{}' }],
    ['cut off before it arrives', { kind: 'cut' }],
  ] as [string, Fault][]) {
    test(`a life in which every request is ${what} once goes as on a good network`, async () => {
      const store = await openBad();
      network.faults(once(fault, () => true));
      await wholeLife(store);
      await store.close();
    });
  }

  for (const code of ['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict']) {
    test(`transactions given up for ${code} are tried again`, async () => {
      const store = await openBad();
      let count = 0;
      const isTransaction = ({ target }: Seen) => target.endsWith('TransactWriteItems');
      network.faults((seen) => (isTransaction(seen) && ++count % 3 !== 0 ? cancelled('None', code) : undefined));
      await wholeLife(store);
      assert.ok(count >= 18);
      await store.close();
    });
  }

  test('a life in which the answer to every write is lost once: each is carried out once', async () => {
    const store = await openBad();
    network.faults(once({ kind: 'lose' }, isWrite));
    await wholeLife(store);
    await store.close();
  });

  test('items that DynamoDB did not get to are asked for again', async () => {
    const store = await openBad();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await store.create({ spec: anySpec() })).job.id);
    let asked = 0;
    network.faults(({ target, body }) => {
      if (!target.endsWith('BatchGetItem') || ++asked > 2) return undefined;
      const { RequestItems } = JSON.parse(String(body)) as { RequestItems: unknown };
      const answer = { Responses: {}, UnprocessedKeys: RequestItems };
      return { kind: 'answer', status: 200, type: 'application/x-amz-json-1.0', body: JSON.stringify(answer) };
    });
    const { items } = await store.list({}, { limit: 10 });
    assert.deepEqual(
      items.map(({ id }) => id),
      ids.reverse(),
    );
    assert.equal(asked, 3);
    await store.close();
  });

  test('a campaign on a bad network leaves no job lost, doubled or in two states', { timeout: 180_000 }, async () => {
    const tenant = newTenant();
    const stores = [await openBad(tenant), await openBad(tenant), await openBad(tenant)];
    const random = randomOf(20_260_731);
    const kinds: Fault[] = [
      { kind: 'cut' },
      { kind: 'lose' },
      refusal('ThrottlingException'),
      cancelled('TransactionConflict'),
    ];
    network.faults((seen) => {
      if (random() > 0.2) return undefined;
      const fault = kinds[Math.floor(random() * (isWrite(seen) ? 4 : 1))]!;
      return fault.kind === 'answer' && fault.body.includes('Cancel') && !seen.target.endsWith('TransactWriteItems')
        ? undefined
        : fault;
    });
    const expected = ['conflict', 'lease_lost'];
    const settle = async (work: Promise<unknown>): Promise<void> => {
      await work.catch((error: AnnealError) =>
        assert.ok(expected.includes(error.code), `${error.code}: ${error.message}`),
      );
    };
    const told = new Map<string, number>();
    async function live(store: JobStore, number: number): Promise<void> {
      const idempotency = { key: `job ${number % 8}`, bodyHash: 'a' };
      const { job } = await store.create({ spec: anySpec({ number: String(number % 8) }), idempotency });
      for (let round = 0; round < 3; round++) {
        await settle(store.transition(job.id, ['queued'], 'starting'));
        const lease: Lease | undefined = await store.claim(job.id, `runner ${number}`, 60_000).catch(() => undefined);
        if (!lease) continue;
        const before = told.get(job.id) ?? 0;
        told.set(job.id, before + 2);
        await store.appendEvents(job.id, [notice('one'), notice('two')], lease);
        await settle(store.transition(job.id, ['running'], random() < 0.5 ? 'queued' : 'succeeded', { lease }));
      }
      if (random() < 0.3) await settle(store.transition(job.id, ['queued', 'starting'], 'cancelled'));
    }
    await Promise.all(Array.from({ length: 16 }, (_v, i) => live(stores[i % stores.length]!, i)));
    network.faults();

    const items = await itemsOf(tenant);
    const jobs = items.filter(({ sk }) => sk === 'job');
    assert.equal(jobs.length, 8);
    for (const { id, state, seq } of jobs) {
      const places = items.filter(({ pk, sk }) => sk === id && String(pk).startsWith(`${tenant}#state#`));
      assert.deepEqual(
        places.map(({ pk }) => pk),
        [`${tenant}#state#${state}`],
      );
      const events = await stores[0]!.readEvents(id as string, 0, 1000);
      assert.deepEqual(
        events.map((event) => event.seq),
        Array.from({ length: seq as number }, (_v, i) => i + 1),
      );
      assert.equal(events.filter(({ body }) => body.type === 'notice').length, told.get(id as string) ?? 0);
      const [last] = events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : [])).reverse();
      assert.equal(last, state);
    }
    for (const store of stores) await store.close();
  });

  for (const [what, act] of [
    ['is heard of', (store: JobStore, lease: Lease) => store.heartbeat(lease, 60_000)],
    ['is asked to stop', (store: JobStore, lease: Lease) => store.requestStop(lease.jobId, 'cancel')],
  ] as const) {
    test(`a job that ${what} between the look at its lease and the move is left alone`, async () => {
      const tenant = newTenant();
      const clock = { now: 1_800_000_000_000 };
      const now = () => clock.now;
      const [store, reaper] = [await open(tenant, now), await open(tenant, now, network.url)];
      const { job } = await store.create({ spec: anySpec() });
      await store.transition(job.id, ['queued'], 'starting');
      const lease = await store.claim(job.id, 'runner', 1000);
      clock.now += 1001;
      network.faults(async ({ target }) => {
        if (target.endsWith('TransactWriteItems')) await act(store, lease);
        return undefined;
      });
      const limits = { startMilliseconds: 5000, maxAttempts: 1 };
      assert.deepEqual(await reaper.reapLost(limits), []);
      assert.equal((await store.get(job.id)).state, 'running');
      network.faults();
      clock.now += 120_000;
      assert.equal((await reaper.reapLost(limits)).length, 1);
      await store.close();
      await reaper.close();
    });
  }

  test('a heartbeat that gets no answer ends when the lease would', async () => {
    const store = await openBad();
    const { job } = await store.create({ spec: anySpec() });
    await store.transition(job.id, ['queued'], 'starting');
    const lease = await store.claim(job.id, 'runner', 60_000);
    network.faults(() => new Promise(() => undefined));
    await assert.rejects(store.heartbeat(lease, 200), { code: 'store_unavailable' });
    network.faults();
    await store.heartbeat(lease, 60_000);
    await store.close();
  });

  test('a filter that few jobs of many pass finds them all, in pages', async () => {
    const store = await open(newTenant());
    const rare: string[] = [];
    for (let i = 0; i < 330; i++) {
      const { job } = await store.create({ spec: anySpec(i % 110 === 0 ? { rare: 'yes' } : {}) });
      if (i % 110 === 0) rare.unshift(job.id);
    }
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const filter = { state: 'queued', tags: { rare: 'yes' } } as const;
      const page = await store.list(filter, { limit: 2, ...(cursor !== undefined && { cursor }) });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    assert.deepEqual(found, rare);
    assert.equal((await store.queued(300)).length, 300);
    await store.close();
  });

  test('tenants see nothing of each other', async () => {
    const [mine, other] = [await open(newTenant()), await open(newTenant())];
    const idempotency = { key: 'k', bodyHash: 'a' };
    const { job } = await mine.create({ spec: anySpec({ a: 'b' }), idempotency });
    await assert.rejects(other.get(job.id), { code: 'not_found' });
    await assert.rejects(other.transition(job.id, ['queued'], 'cancelled'), { code: 'not_found' });
    await assert.rejects(other.appendEvents(job.id, [notice('x')]), { code: 'not_found' });
    assert.deepEqual(await other.readEvents(job.id, 0, 10), []);
    assert.deepEqual((await other.list({ tags: { a: 'b' } }, { limit: 10 })).items, []);
    assert.deepEqual([await other.queued(10), await mine.active()], [[], 0]);
    assert.equal((await other.create({ spec: anySpec(), idempotency })).created, true);
    await mine.close();
    await other.close();
  });

  test('an idempotency key has a time to live of a day at least, and is free after that, dropped or not', async () => {
    const tenant = newTenant();
    const clock = { now: 1_800_000_000_000 };
    const store = await open(tenant, () => clock.now);
    const idempotency = { key: 'k', bodyHash: 'a' };
    const { job } = await store.create({ spec: anySpec(), idempotency });
    const item = (await itemsOf(tenant)).find(({ sk }) => sk === 'key');
    assert.ok((item!.ttl as number) >= (clock.now + 24 * 3600_000) / 1000 && (item!.ttl as number) < clock.now / 100);
    const { TimeToLiveDescription: ttl } = await direct.send(new DescribeTimeToLiveCommand({ TableName: 'jobs' }));
    assert.deepEqual([ttl?.AttributeName, ttl?.TimeToLiveStatus], ['ttl', 'ENABLED']);
    clock.now += 49 * 3600_000;
    const later = await store.create({ spec: anySpec(), idempotency: { key: 'k', bodyHash: 'b' } });
    assert.ok(later.created && later.job.id !== job.id);
    await store.close();
  });

  test('a long spec is kept; one that no item can hold is refused by name, as are too many tags', async () => {
    const store = await open(newTenant());
    const specOf = (path: string): TrainSpec => ({
      ...anySpec(),
      data: { type: 'mnist', path } as unknown as TrainSpec['data'],
    });
    const long = specOf('a long path '.repeat(80_000));
    const { job } = await store.create({ spec: long });
    assert.deepEqual((await store.get(job.id)).spec, long);
    const tooLong = specOf(randomBytes(600_000).toString('base64'));
    await assert.rejects(store.create({ spec: tooLong }), {
      code: 'payload_too_large',
      message: /^the spec is too large/,
    });
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_v, i) => [`tag-${i}`, 'x']));
    await assert.rejects(store.create({ spec: anySpec(tags(91)) }), { code: 'invalid_request', param: 'tags' });
    await store.create({ spec: anySpec(tags(90)), idempotency: { key: 'k', bodyHash: 'a' } });
    assert.equal((await store.list({ tags: tags(90) }, { limit: 10 })).items.length, 1);
    await store.close();
  });

  test('what is wrong with an address or a table is said when the store opens', async () => {
    const openAt = (rest: string) => dynamodbJobStore(rest, { client: { credentials, maxAttempts: 1 } });
    await assert.rejects(openAt('no table!'), { code: 'invalid_request', message: /names no table/ });
    await assert.rejects(openAt('jobs?tennant=x'), { code: 'invalid_request', message: /did you mean 'tenant'/ });
    await assert.rejects(openAt('jobs?tenant=a%23b'), { code: 'invalid_request', message: /^tenant: 'a#b'/ });
    await assert.rejects(openAt(`missing?region=${region}&endpoint=${url}`), {
      code: 'store_unavailable',
      message: /missing can't be reached: there is none of that name/,
    });
    await assert.rejects(openAt(`jobs?region=${region}&endpoint=http://127.0.0.1:9`), { code: 'store_unavailable' });
    await direct.send(
      new CreateTableCommand({
        TableName: 'books',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'title', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'title', KeyType: 'HASH' }],
      }),
    );
    await assert.rejects(openAt(`books?region=${region}&endpoint=${url}`), { code: 'conflict', message: /keys title/ });
  });
}

/** Numbers in [0, 1) of a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
