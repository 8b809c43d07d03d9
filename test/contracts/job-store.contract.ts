/** What every JobStore promises. `make` opens a fresh, empty store whose clock the test sets. */
import assert from 'node:assert/strict';
import type { JobStore } from '@anneal/core';
import type { Job } from '@anneal/schemas';
import { jobStoreAtOnce } from './job-store-at-once.contract.ts';
import { checkOf, code, type Make, notice, start, states, submit, TTL } from './job-store-made.ts';

import { anySpec } from './spec.ts';

export function jobStoreContract(name: string, make: Make): void {
  const check = checkOf(name, make);
  jobStoreAtOnce(check);

  check('a new job is queued, with its first event', async ({ store, clock }) => {
    const { job, created } = await store.create({ spec: anySpec({ team: 'a' }) });
    assert.equal(created, true);
    assert.match(job.id, /^job_[0-9a-z]{20,32}$/);
    assert.equal(job.state, 'queued');
    assert.equal(job.createdAt, new Date(clock.now).toISOString());
    assert.deepEqual(await store.get(job.id), job);
    assert.deepEqual(await states(store, job.id), ['queued']);
  });

  check('a job that is not there is not found', async ({ store }) => {
    await assert.rejects(store.get('job_00000000000000000000'), code('not_found'));
  });

  check('jobs that have not ended are counted, as many as asked', async ({ store }) => {
    const [queued, running, paused, done, gone] = [
      await submit(store),
      await submit(store),
      await submit(store),
      await submit(store),
      await submit(store),
    ];
    assert.equal(await store.openJobs(100), 5);
    assert.equal(await store.openJobs(2), 2);
    await start(store, running.id);
    await store.transition(paused.id, ['queued'], 'paused');
    await store.transition(gone.id, ['queued'], 'cancelled');
    const lease = await start(store, done.id);
    await store.transition(done.id, ['running'], 'succeeded', { lease });
    assert.equal((await store.get(queued.id)).state, 'queued');
    assert.deepEqual([await store.openJobs(100), await store.openJobs(3), await store.openJobs(1)], [3, 3, 1]);
  });

  check('the same key and body give the same job, another body none', async ({ store }) => {
    const idempotency = { key: 'k', bodyHash: 'a' };
    const first = await store.create({ spec: anySpec(), idempotency });
    const second = await store.create({ spec: anySpec(), idempotency });
    assert.deepEqual([second.created, second.job.id], [false, first.job.id]);
    await assert.rejects(
      store.create({ spec: anySpec(), idempotency: { key: 'k', bodyHash: 'b' } }),
      code('idempotency_conflict'),
    );
    assert.equal((await store.list({}, { limit: 10 })).items.length, 1);
  });

  check('what a key has made is found by it, and nothing is made', async ({ store, clock }) => {
    const idempotency = { key: 'k', bodyHash: 'a' };
    assert.equal(await store.madeBefore(idempotency), undefined);
    const { job } = await store.create({ spec: anySpec(), idempotency });
    assert.deepEqual(await store.madeBefore(idempotency), job);
    await assert.rejects(store.madeBefore({ key: 'k', bodyHash: 'b' }), code('idempotency_conflict'));
    assert.equal((await store.list({}, { limit: 10 })).items.length, 1);
    clock.now += 30 * 24 * 3600 * 1000;
    assert.equal(await store.madeBefore(idempotency), undefined, 'the key is over');
  });

  check('keys are kept for a day at least', async ({ store, clock }) => {
    const idempotency = { key: 'k', bodyHash: 'a' };
    const { job } = await store.create({ spec: anySpec(), idempotency });
    clock.now += 24 * 3600 * 1000;
    assert.equal((await store.create({ spec: anySpec(), idempotency })).job.id, job.id);
  });

  check('pages go newest first; a job made meanwhile neither repeats nor hides another', async ({ store }) => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await submit(store)).id);
    const first = await store.list({}, { limit: 2 });
    await submit(store);
    const second = await store.list({}, { limit: 2, cursor: first.next! });
    const third = await store.list({}, { limit: 2, cursor: second.next! });
    assert.deepEqual(
      [...first.items, ...second.items, ...third.items].map((job) => job.id),
      ids.reverse(),
    );
    assert.equal(third.next, null);
    await assert.rejects(store.list({}, { limit: 2, cursor: 'nonsense' }), code('invalid_request'));
  });

  check('lists filter by state, kind and all tags', async ({ store }) => {
    const a = await submit(store, { team: 'a', size: 'small' });
    await submit(store, { team: 'a' });
    await submit(store, { team: 'b', size: 'small' });
    await store.transition(a.id, ['queued'], 'cancelled');
    const ids = async (filter: Parameters<JobStore['list']>[0]) =>
      (await store.list(filter, { limit: 10 })).items.length;
    assert.deepEqual([await ids({ tags: { team: 'a' } }), await ids({ tags: { team: 'a', size: 'small' } })], [2, 1]);
    assert.deepEqual(
      [await ids({ state: 'queued' }), await ids({ state: 'cancelled' }), await ids({ kind: 'train' })],
      [2, 1, 3],
    );
  });

  check('the queue is oldest first, and active counts starting and running', async ({ store }) => {
    const [a, b] = [await submit(store), await submit(store)];
    assert.deepEqual(
      (await store.queued(10)).map((job) => job.id),
      [a.id, b.id],
    );
    await start(store, a.id);
    await store.transition(b.id, ['queued'], 'starting');
    assert.deepEqual([await store.active(), (await store.queued(10)).length], [2, 0]);
  });

  check('a transition from elsewhere is a conflict and changes nothing', async ({ store }) => {
    const { id } = await submit(store);
    await assert.rejects(store.transition(id, ['running'], 'succeeded'), code('conflict'));
    await assert.rejects(store.transition(id, ['queued'], 'succeeded'), code('conflict'));
    assert.deepEqual([(await store.get(id)).state, await states(store, id)], ['queued', ['queued']]);
  });

  check('a transition decided by what was read holds only if nothing has come since', async ({ store }) => {
    const { id } = await submit(store);
    const { seq } = (await store.readEvents(id, 0, 10)).at(-1)!;
    await store.appendEvents(id, [notice('meanwhile')]);
    await assert.rejects(store.transition(id, ['queued'], 'starting', { lastEvent: seq }), code('conflict'));
    assert.deepEqual(await states(store, id), ['queued']);
    await store.transition(id, ['queued'], 'starting', { lastEvent: seq + 1 });
    assert.deepEqual(await states(store, id), ['queued', 'starting']);
  });

  check('only a claim makes a job running: there is no running without a lease', async ({ store }) => {
    const { id } = await submit(store);
    await store.transition(id, ['queued'], 'starting');
    await assert.rejects(store.transition(id, ['starting'], 'running'), code('conflict'));
    assert.equal((await store.claim(id, 'runner-1', TTL)).attempt, 1);
    await assert.rejects(store.claim(id, 'runner-2', TTL), code('conflict'));
  });

  check('a lease is good for its own job only', async ({ store }) => {
    const [a, b] = [await submit(store), await submit(store)];
    const lease = await start(store, a.id);
    await start(store, b.id);
    await assert.rejects(store.appendEvents(b.id, [notice('x')], lease), code('lease_lost'));
    await assert.rejects(store.transition(b.id, ['running'], 'failed', { lease }), code('lease_lost'));
  });

  check('a whole life: times, attempts, events in order', async ({ store, clock }) => {
    const { id } = await submit(store);
    clock.now += 10;
    const lease = await start(store, id);
    assert.equal(lease.attempt, 1);
    assert.equal(await store.appendEvents(id, [notice('a'), notice('b')], lease), 5);
    clock.now += 10;
    const done = await store.transition(id, ['running'], 'succeeded', { lease, reason: 'done' });
    assert.equal(Date.parse(done.finishedAt!) - Date.parse(done.startedAt!), 10);
    assert.deepEqual(
      (await store.readEvents(id, 0, 100)).map((event) => event.seq),
      [1, 2, 3, 4, 5, 6],
    );
    assert.deepEqual(
      (await store.readEvents(id, 3, 2)).map((event) => event.body),
      [notice('a'), notice('b')],
    );
    assert.deepEqual(await states(store, id), ['queued', 'starting', 'running', 'succeeded']);
  });

  check('heartbeats keep progress and plan, and tell of a wish to stop', async ({ store }) => {
    const { id } = await submit(store);
    const lease = await start(store, id);
    const progress: Job['progress'] = {
      ...{ phase: 'training', step: 3, steps: 10, epoch: 1, epochs: null, loss: 0.5, secondsLeft: null },
      ...{ validationLoss: null, validationScore: null, microsecondsPerStep: 20 },
    };
    assert.deepEqual(await store.heartbeat(lease, TTL, { progress }), { stopping: null });
    await store.requestStop(id, 'cancel');
    assert.deepEqual(await store.heartbeat(lease, TTL), { stopping: 'cancel' });
    const job = await store.get(id);
    assert.deepEqual([job.progress, job.stopping], [progress, 'cancel']);
    const ended = await store.transition(id, ['running'], 'cancelled', { lease });
    assert.equal(ended.stopping, null);
  });

  check('only what runs can be asked to stop', async ({ store }) => {
    const { id } = await submit(store);
    await assert.rejects(store.requestStop(id, 'cancel'), code('conflict'));
  });

  check('an old lease can write nothing', async ({ store, clock }) => {
    const { id } = await submit(store);
    const old = await start(store, id);
    clock.now += TTL + 1;
    await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 3 });
    const lost = code('lease_lost');
    await assert.rejects(store.heartbeat(old, TTL), lost);
    const renewed = await start(store, id);
    assert.ok(renewed.token > old.token && renewed.attempt === 2);
    await assert.rejects(store.heartbeat(old, TTL), lost);
    await assert.rejects(store.appendEvents(id, [notice('late')], old), lost);
    await assert.rejects(store.transition(id, ['running'], 'succeeded', { lease: old }), lost);
    await store.heartbeat(renewed, TTL);
  });

  check('a lease that ran out is good until somebody acts on it', async ({ store, clock }) => {
    const { id } = await submit(store);
    const lease = await start(store, id);
    clock.now += TTL + 1;
    await store.heartbeat(lease, TTL);
    assert.deepEqual(await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 3 }), []);
  });

  check('a job that does not stand still is not lost, whatever the clock says', async ({ store, clock }) => {
    const { id } = await submit(store);
    const lease = await start(store, id);
    const signs: string[] = [];
    const look = (silent: boolean) => {
      const isSilent = (job: { id: string; sign: string }): boolean => {
        assert.equal(job.id, id);
        signs.push(job.sign);
        return silent;
      };
      return store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 3, isSilent });
    };
    assert.deepEqual(await look(true), []);
    assert.deepEqual(signs, [], 'asked only of those that seem lost');
    clock.now += 3_600_000;
    assert.deepEqual([await look(false), await look(false)], [[], []]);
    await store.heartbeat(lease, TTL);
    clock.now += TTL + 1;
    assert.deepEqual(await look(false), []);
    assert.equal(signs[0], signs[1]);
    assert.notEqual(signs[1], signs[2]);
    assert.equal((await look(true))[0]!.state, 'queued');
    await store.transition(id, ['queued'], 'starting');
    clock.now += 3_600_000;
    assert.deepEqual(await look(false), []);
    assert.equal(new Set(signs).size, 3);
  });

  check('lost jobs go back into the queue, and fail after too many attempts', async ({ store, clock }) => {
    const { id } = await submit(store);
    for (let attempt = 1; attempt <= 2; attempt++) {
      await start(store, id);
      clock.now += TTL + 1;
      const [job] = await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 2 });
      assert.equal(job!.state, attempt < 2 ? 'queued' : 'failed');
    }
    const { error } = await store.get(id);
    assert.equal(error!.code, 'runner_lost');
    assert.match(error!.message, /as 2 attempts did/);
  });

  check('leaving when asked to is no lost attempt', async ({ store, clock }) => {
    const { id } = await submit(store);
    for (let i = 0; i < 3; i++) {
      const lease = await start(store, id);
      await store.transition(id, ['running'], 'queued', { lease, reason: 'asked to leave' });
    }
    await start(store, id);
    clock.now += TTL + 1;
    const [job] = await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 2 });
    assert.equal(job!.state, 'queued');
  });

  check('a lost job that was to be paused goes back, however often it was lost', async ({ store, clock }) => {
    const { id } = await submit(store);
    await start(store, id);
    await store.requestStop(id, 'pause');
    clock.now += TTL + 1;
    const [job] = await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 1 });
    assert.deepEqual([job!.state, job!.stopping], ['queued', 'pause']);
  });

  check('a job that never started goes back; a lost one that was to be cancelled is', async ({ store, clock }) => {
    const [a, b] = [await submit(store), await submit(store)];
    await store.transition(a.id, ['queued'], 'starting');
    await start(store, b.id);
    await store.requestStop(b.id, 'cancel');
    clock.now += 6 * TTL;
    await store.reapLost({ startMilliseconds: 5 * TTL, maxAttempts: 3 });
    assert.deepEqual([(await store.get(a.id)).state, (await store.get(b.id)).state], ['queued', 'cancelled']);
  });
}
