/** Contracts: records and counters of requests in DynamoDB, over DynamoDB Local; and answers that are lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { dynamodbRateLimiter } from '../../services/core/adapters/dynamodb-rate-limiter/index.ts';
import { dynamodbRecordStore } from '../../services/core/adapters/dynamodb-record-store/index.ts';
import { standIn } from '../stand-ins/start.ts';
import { calibrationsContract } from './calibrations.contract.ts';
import { dynamodbPlace, once } from './dynamodb-place.ts';
import { rateLimiterContract } from './rate-limiter.contract.ts';
import { recordStoreContract } from './record-store.contract.ts';

const dynamodb = await standIn('DynamoDB: records and counters', startDynamodb);
if (dynamodb) await theTests(dynamodb);

async function theTests(started: NonNullable<typeof dynamodb>): Promise<void> {
  const { region, url, credentials, direct, network } = await dynamodbPlace(started);
  let tables = 0;
  const newTable = async () => {
    const table = `records-${++tables}`;
    await createJobsTable(direct, table);
    return table;
  };
  const openRecords = (table: string, endpoint = url) =>
    dynamodbRecordStore(`${table}?region=${region}&endpoint=${endpoint}`, { client: { credentials } });

  const made = async () => {
    const table = await newTable();
    return { store: await openRecords(table), again: () => openRecords(table) };
  };
  recordStoreContract('DynamoDB', made);
  calibrationsContract('DynamoDB', made);

  rateLimiterContract('DynamoDB', async () => {
    const clock = { now: 1_800_000_000_000 };
    const table = await newTable();
    const open = () =>
      dynamodbRateLimiter(`${table}?region=${region}&endpoint=${url}`, {
        client: { credentials },
        now: () => clock.now,
      });
    return { limiter: await open(), again: open, clock };
  });

  test('a write whose answer is lost counts as done by its writer, and by nobody else', async () => {
    const table = await newTable();
    const place = { tenant: 'team-a', name: 'webhooks' } as const;
    network.faults();
    const store = await openRecords(table, network.url);
    network.faults(once({ kind: 'lose' }, ({ target }) => /PutItem/.test(target)));
    assert.equal(await store.put(place, 'a', 'same', null), true);
    network.faults();
    const direct = await openRecords(table);
    assert.equal(await direct.put(place, 'a', 'same', null), false);
    assert.equal((await direct.get(place, 'a'))?.version, 1);
    await store.close();
    await direct.close();
  });

  test('counters that are used up are remembered, and dropped by DynamoDB after their window', async () => {
    const table = await newTable();
    network.faults();
    const limiter = await dynamodbRateLimiter(`${table}?region=${region}&endpoint=${network.url}`, {
      client: { credentials },
    });
    const rate = { requests: 1, seconds: 3600 };
    await limiter.take('a', rate);
    await limiter.take('a', rate);
    let asked = 0;
    network.faults(() => {
      asked += 1;
      return undefined;
    });
    for (let i = 0; i < 50; i++) assert.ok((await limiter.take('a', rate)) > 0);
    assert.equal(asked, 0);
    network.faults();
    limiter.close();
  });
}
