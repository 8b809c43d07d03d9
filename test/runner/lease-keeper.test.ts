/** Heartbeats whose answers do not come, on DynamoDB Local behind a proxy that holds requests back. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createLog } from '@anneal/core/log.ts';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { keepLease } from '../../services/runner/lease-keeper.ts';
import { dynamodbPlace } from '../contracts/dynamodb-place.ts';
import { anySpec } from '../contracts/spec.ts';
import { standIn } from '../stand-ins/start.ts';

/** Milliseconds. */
const ttl = 500;
const HOUR = 3_600_000;
const dynamodb = await standIn('heartbeats on DynamoDB', startDynamodb);
if (dynamodb) {
  const { network, newTenant, open, openBad } = await dynamodbPlace(dynamodb);

  /** The keeper of a job's lease; its first `held` heartbeats are held back until it gives them up. */
  async function silentFor(t: TestContext, held: number) {
    const tenant = newTenant();
    const [jobs, others, later] = [
      await openBad(tenant),
      await open(tenant),
      await open(tenant, () => Date.now() + HOUR),
    ];
    const { id } = (await others.create({ spec: anySpec() })).job;
    await others.transition(id, ['queued'], 'starting');
    const lease = await jobs.claim(id, 'the runner', ttl);
    let seen = 0;
    network.faults(({ target }) =>
      target.endsWith('UpdateItem') && ++seen <= held ? new Promise(() => undefined) : undefined,
    );
    const log = createLog('runner', 'stderr', 'fatal');
    const keeper = keepLease({ jobs, lease, log, ttl, every: 20, everyWithNews: 20, onStopping: () => undefined });
    t.after(async () => {
      network.faults();
      await keeper.close();
      for (const store of [jobs, others, later]) await store.close();
    });
    void keeper.beat();
    /** Gives the job to another runner. */
    async function give(): Promise<void> {
      await later.reapLost({ startMilliseconds: HOUR * 10, maxAttempts: 3 });
      await others.transition(id, ['queued'], 'starting');
      await others.claim(id, 'another runner', HOUR);
    }
    return { keeper, give };
  }

  test('a heartbeat given up at the end of the lease is sent again, and so the lease is found lost', async (t) => {
    const { keeper, give } = await silentFor(t, 1);
    await give();
    await assert.rejects(keeper.lost, { code: 'lease_lost' });
  });

  test('a store that is silent also when asked again ends the run as one out of reach', async (t) => {
    const { keeper } = await silentFor(t, Number.POSITIVE_INFINITY);
    await assert.rejects(keeper.lost, { code: 'store_unavailable' });
  });
}
