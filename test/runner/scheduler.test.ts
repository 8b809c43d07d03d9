/** The scheduler: order, limits, launches that fail, waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHolds } from '@anneal/core/scheduler/holds.ts';
import { lastWords } from '@anneal/core/scheduler/last-words.ts';
import { AnnealError } from '@anneal/schemas';
import { LOOK, reaches, reasons, setUp, timeout, until } from './scheduler-place.ts';

test('the oldest jobs go first, so many at once', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 2);
  const ids = [await submit(), await submit(), await submit(), await submit()];
  const scheduler = start();
  await until(() => runners.launched.length === 2);
  const lease = await jobs.claim(ids[0]!, 'r', 60_000);
  await jobs.transition(ids[0]!, ['running'], 'cancelled', { lease });
  runners.end(ids[0]!, 'exit code 0');
  await until(() => runners.launched.length === 3);
  assert.deepEqual(runners.launched, ids.slice(0, 3));
  await scheduler.close();
  assert.equal((await jobs.get(ids[0]!)).state, 'cancelled');
  assert.equal(runners.launched.length, 3);
});

test('a launch that fails is tried again, later each time, and at last is the job’s error', timeout, async (t) => {
  const { jobs, runners, clock, start, submit } = await setUp(t, 1);
  runners.refuse = new AnnealError('store_unavailable', 'no runner can be started: out of processes');
  const id = await submit();
  const scheduler = start();
  const waits: number[] = [];
  for (let failures = 1; failures < 8; failures++) {
    await until(async () => (await reasons(jobs, id)).length === failures + 1 && clock.next < LOOK);
    waits.push(clock.next);
    clock.pass(clock.next);
  }
  await reaches(jobs, id, 'failed');
  assert.deepEqual(waits, [250, 1000, 4000, 16_000, 60_000, 60_000, 60_000]);
  const { error } = await jobs.get(id);
  assert.deepEqual([error?.code, error?.message], ['store_unavailable', runners.refuse.message]);
  await scheduler.close();
});

test('a launch that can never work fails the job at once', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  runners.refuse = new AnnealError('internal', 'the program is missing');
  const id = await submit();
  const scheduler = start();
  await reaches(jobs, id, 'failed');
  await scheduler.close();
});

test('a runner that dies before it claims its job counts as lost', timeout, async (t) => {
  const { jobs, runners, clock, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  for (let loss = 1; loss <= 3; loss++) {
    await until(() => runners.launched.length === loss);
    runners.end(id, 'exit code 1', '{"level":"fatal","msg":"the runner failed","err":{"message":"no such file"}}');
    await until(async () => (await jobs.get(id)).state !== 'starting' && clock.next <= LOOK);
    clock.pass(4000);
  }
  const { error, attempt } = await jobs.get(id);
  assert.equal(attempt, 0);
  const message = 'its runner ended by exit code 1, as 3 attempts did; its log ends: the runner failed: no such file';
  assert.deepEqual([error?.code, error?.message], ['runner_lost', message]);
  await scheduler.close();
});

test('runners that were asked to leave are no losses', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  for (let leave = 1; leave <= 5; leave++) {
    await until(() => runners.launched.length === leave);
    const lease = await jobs.claim(id, 'r', 60_000);
    await jobs.transition(id, ['running'], 'queued', { lease, reason: 'the runner was asked to leave' });
    runners.end(id, 'exit code 0');
  }
  await until(() => runners.launched.length === 6);
  assert.equal((await jobs.get(id)).state, 'starting');
  await scheduler.close();
});

test('what waits before it is tried again waits in the next scheduler too', timeout, async (t) => {
  const { jobs, runners, start, submit, clock } = await setUp(t, 1);
  const id = await submit();
  const holds = createHolds(clock);
  runners.refuse = new AnnealError('store_unavailable', 'no machine');
  const first = start({ holds });
  await until(async () => (await reasons(jobs, id)).length > 1);
  await first.close();
  runners.refuse = null;
  const second = start({ holds });
  await second.idle();
  assert.deepEqual([runners.launched, (await jobs.get(id)).state], [[], 'queued']);
  clock.pass(4000);
  await until(() => runners.launched.length === 1);
  await second.close();
});

test(
  'a launch that a service took with it when it died is no loss; a runner that ended meanwhile is',
  timeout,
  async (t) => {
    const { jobs, runners, start, submit } = await setUp(t, 1);
    const id = await submit();
    runners.launch = async () => new Promise(() => undefined);
    for (let life = 1; life <= 5; life++) {
      await reaches(jobs, id, 'queued');
      await jobs.transition(id, ['queued'], 'starting');
      const held = await jobs.readEvents(id, 0, 1000);
      const next = start();
      await until(async () => (await jobs.readEvents(id, held.length, 1)).length > 0);
      const [event] = await jobs.readEvents(id, held.length, 1);
      const body = event!.body;
      assert.equal(
        body.type === 'state' && body.reason,
        'its runner had not started when the service ended; it goes on elsewhere',
      );
      void next;
      await reaches(jobs, id, 'starting');
      await jobs.transition(id, ['starting'], 'queued', { reason: 'by the test' });
    }
    await jobs.transition(id, ['queued'], 'starting');
    await jobs.claim(id, 'r', 60_000);
    start();
    await until(async () =>
      (await reasons(jobs, id)).includes('its runner ended while no service ran; it will be tried again'),
    );
  },
);

test('a jump of the clock takes no job from a runner that is heard of', timeout, async (t) => {
  const { jobs, runners, clock, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  await until(() => runners.launched.length === 1);
  // Its machine is an hour behind: its lease is over whenever anybody else looks.
  const lease = await jobs.claim(id, 'r', -3_600_000);
  const look = async (): Promise<void> => {
    clock.pass(20_000);
    scheduler.wake();
    await scheduler.idle();
  };
  for (let looks = 0; looks < 10; looks++) {
    await look();
    await jobs.heartbeat(lease, -3_600_000 - 1000 * (looks + 1));
  }
  assert.equal((await jobs.get(id)).state, 'running');
  await look();
  await look();
  assert.deepEqual(await reasons(jobs, id), [null, 'its runner has not been heard of; it will be tried again']);
  await scheduler.close();
});

test('a stop that came just as the runner left is carried out', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const [cancelled, paused] = [await submit(), await submit()];
  for (const [id, stopping] of [
    [cancelled, 'cancel'],
    [paused, 'pause'],
  ] as const) {
    await jobs.transition(id, ['queued'], 'starting');
    await jobs.requestStop(id, stopping);
    await jobs.transition(id, ['starting'], 'queued');
  }
  const scheduler = start();
  await reaches(jobs, cancelled, 'cancelled');
  await reaches(jobs, paused, 'paused');
  assert.deepEqual(runners.launched, []);
  await scheduler.close();
});

test('a job cancelled while its runner died is cancelled, not tried again', timeout, async (t) => {
  const { jobs, runners, start, submit } = await setUp(t, 1);
  const id = await submit();
  const scheduler = start();
  await until(() => runners.launched.length === 1);
  await jobs.requestStop(id, 'cancel');
  scheduler.stopJob(id);
  await reaches(jobs, id, 'cancelled');
  await scheduler.close();
});

test('the last words of a log are those that tell', () => {
  const tail = '{"level":"info","msg":"claimed"}\n\nFATAL ERROR: JavaScript heap out of memory\n 1: 0xb7 node\n';
  assert.equal(lastWords(tail), 'FATAL ERROR: JavaScript heap out of memory');
  assert.equal(lastWords('{"level":"info","msg":"claimed"}\n'), 'claimed');
  assert.equal(lastWords(''), '');
});
