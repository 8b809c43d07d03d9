/** Contract: the JobStore on DynamoDB, over DynamoDB Local; and what is its own: tenants, filters, limits, addresses. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { TrainSpec } from '@anneal/schemas';
import { CreateTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { dynamodbJobStore } from '../../services/core/adapters/dynamodb-job-store/index.ts';
import { standIn } from '../stand-ins/start.ts';
import { dynamodbPlace, notice } from './dynamodb-place.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { anySpec } from './spec.ts';

const dynamodb = await standIn('DynamoDB: contract and what is its own', startDynamodb);
if (dynamodb) await theTests(dynamodb);

async function theTests(started: NonNullable<typeof dynamodb>): Promise<void> {
  const { region, url, credentials, direct, newTenant, open, itemsOf } = await dynamodbPlace(started);

  jobStoreContract('DynamoDB', async () => {
    const tenant = newTenant();
    const clock = { now: 1_800_000_000_000 };
    const now = () => clock.now;
    return { store: await open(tenant, now), again: () => open(tenant, now), clock };
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
    await assert.rejects(openAt('jobs?pace=0'), { code: 'invalid_request', message: /pace is '0'; .* 10 to 9999/ });
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
