/** The JobStore on DynamoDB behind a bad network: throttled, cut off, answers lost, others in between. Nothing is lost or doubled. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobStore, Lease } from '@anneal/core';
import { random as drawsOf } from '@anneal/engine/data/permutation.ts';
import type { AnnealError } from '@anneal/schemas';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { cancelled, isWrite, refusal } from '../stand-ins/dynamodb-faults.ts';
import type { Fault, Seen } from '../stand-ins/faulty-proxy.ts';
import { standIn } from '../stand-ins/start.ts';
import { dynamodbPlace, notice, once } from './dynamodb-place.ts';
import { anySpec } from './spec.ts';

/** Numbers in [0, 1) of a seed. */
const fractions = (seed: number): (() => number) => {
  const draw = drawsOf(seed);
  return () => draw() / 2 ** 32;
};

const dynamodb = await standIn('DynamoDB behind a bad network', startDynamodb);
if (dynamodb) await theTests(dynamodb);

async function theTests(started: NonNullable<typeof dynamodb>): Promise<void> {
  const { network, newTenant, open, openBad, itemsOf } = await dynamodbPlace(started);

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
    const random = fractions(20_260_731);
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

  test('a storm of throttling, three requests of four, loses nothing', { timeout: 180_000 }, async () => {
    const tenant = newTenant();
    const store = await openBad(tenant);
    const random = fractions(7);
    // More refusals than the budget of retries that the SDK gives all requests of a client together.
    let stormy = 400;
    const refused = () => stormy-- > 0 && random() < 0.75;
    network.faults(() => (refused() ? refusal('ProvisionedThroughputExceededException') : undefined));
    const client = async (number: number) => {
      for (let i = 0; i < 2; i++) {
        const { job } = await store.create({ spec: anySpec(), idempotency: { key: `${number} ${i}`, bodyHash: 'a' } });
        await store.appendEvents(job.id, [notice('x')]);
      }
    };
    await Promise.all(Array.from({ length: 32 }, (_v, number) => client(number)));
    network.faults();
    const items = await itemsOf(tenant);
    assert.deepEqual(
      [items.filter(({ sk }) => sk === 'job').length, items.filter(({ body }) => body).length],
      [64, 128],
    );
    await store.close();
  });

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
}
