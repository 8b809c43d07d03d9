/** Scheduler, launcher and runners together: what is left of a job when a process of them dies. The same on every pair of stores. */
import assert from 'node:assert/strict';
import { test as run, type TestContext } from 'node:test';
import type { Event, JobState, TrainResult } from '@anneal/schemas';
import { nextExit } from '../contracts/launcher.contract.ts';
import { isCheckpoint, type Place } from './place.ts';

const options = { timeout: 90_000 };
const states = (events: readonly Event[]): JobState[] =>
  events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : []));

/** The runner's process. */
function pidOf(place: Place, id: string): number {
  const pid = place.pidOf(id);
  assert.ok(pid, `${id} has no runner`);
  return pid;
}

export type OpenPlace = (t: TestContext, env?: Record<string, string>) => Promise<Place>;

/** @param canForget whether the launcher keeps records of its runners, which may be lost */
export function recoveryCases(stores: string, openPlace: OpenPlace, canForget = true): void {
  const test = (name: string, settings: typeof options, body: (t: TestContext) => Promise<void>) =>
    run(`${stores}: ${name}`, settings, body);

  test(
    'a runner killed with -9: the next one goes on from the last checkpoint, and nothing counts twice',
    options,
    async (t) => {
      const place = await openPlace(t);
      place.scheduler(await place.launcher());
      const id = await place.submit('resume');
      await place.event(id, ({ body }) => body.type === 'checkpoint' && body.step >= 30);
      process.kill(pidOf(place, id), 'SIGKILL');
      const { attempt, result } = await place.state(id, 'succeeded');
      assert.equal(attempt, 2);
      const events = await place.events(id);
      const again = ['queued', 'starting', 'running', 'queued', 'starting', 'running', 'succeeded'];
      assert.deepEqual(states(events), again);
      const lost = events.find(
        ({ body }) => body.type === 'state' && body.state === 'queued' && body.reason !== null,
      )!.body;
      assert.match(
        lost.type === 'state' ? lost.reason! : '',
        /ended by signal SIGKILL, which is how .* it will be tried again$/,
      );

      const restart = events.findIndex(({ body }) => body.type === 'notice');
      const { body: saved } = events.slice(0, restart).findLast(isCheckpoint)!;
      const from = saved.type === 'checkpoint' ? saved.step : 0;
      assert.equal((result as TrainResult).steps, from + 25);
      const { artifacts } = await place.manifest(id);
      const rows = artifacts.flatMap(
        ({ name }) => /^metrics\/steps-(\d+)-(\d+)/.exec(name)?.slice(1).map(Number) ?? [],
      );
      assert.deepEqual([rows[0], rows.at(-1)], [1, from + 20]);
      for (let i = 1; i + 1 < rows.length; i += 2) assert.equal(rows[i + 1], rows[i]! + 1, `steps of ${rows}`);
      assert.equal(artifacts.filter(({ name }) => name.startsWith('checkpoints/')).length, 2);
    },
  );

  test('a checkpoint that was damaged is passed over for the one before', options, async (t) => {
    const place = await openPlace(t);
    const launcher = await place.launcher();
    const scheduler = place.scheduler(launcher);
    const id = await place.submit('resume');
    await place.event(id, isCheckpoint);
    await scheduler.close();
    const saved = (await place.events(id)).findLast(isCheckpoint)!.body;
    assert.ok(saved.type === 'checkpoint');
    const { attempt } = await place.jobs.get(id);
    await place.artifacts.remove(`jobs/${id}/${attempt}/${saved.name}/run.json`);
    place.scheduler(launcher);
    await place.state(id, 'succeeded');
    const events = await place.events(id);
    assert.ok(
      events.some(
        ({ body }) => body.type === 'notice' && body.message.startsWith(`${saved.name} can't be gone on from`),
      ),
      JSON.stringify([saved, events]),
    );
    const { artifacts } = await place.manifest(id);
    assert.ok(artifacts.every(({ name }) => !name.startsWith(`${saved.name}/`)));
  });

  test('a runner that always dies fails its job after three attempts, in its own words', options, async (t) => {
    const place = await openPlace(t);
    place.scheduler(await place.launcher());
    const id = await place.submit('abort');
    const { error, attempt } = await place.state(id, 'failed');
    assert.deepEqual([attempt, error?.code], [3, 'runner_lost']);
    assert.match(
      error!.message,
      /ended by signal SIGABRT, as 3 attempts did; its log ends: .*FATAL ERROR: the native library gave up/,
    );
  });

  test('a restart of the service loses no job and doubles none', options, async (t) => {
    const place = await openPlace(t);
    const first = await place.launcher();
    const before = place.scheduler(first, 2);
    const [running, lost] = [await place.submit('spin'), await place.submit('resume')];
    await Promise.all([place.event(running, isCheckpoint), place.event(lost, isCheckpoint)]);
    const waiting = await place.submit('succeed');
    await before.close({ leaveRunning: true });
    await first.close();
    const pid = pidOf(place, running);
    process.kill(pidOf(place, lost), 'SIGKILL');

    place.scheduler(await place.launcher(), 2);
    await Promise.all([place.state(lost, 'succeeded'), place.state(waiting, 'succeeded')]);
    const { state, attempt } = await place.jobs.get(running);
    assert.deepEqual([state, attempt, pidOf(place, running)], ['running', 1, pid]);
    assert.equal((await place.jobs.get(lost)).attempt, 2);
  });

  test('closing lets runners save and puts their jobs back into the queue', options, async (t) => {
    const place = await openPlace(t);
    const launcher = await place.launcher();
    const scheduler = place.scheduler(launcher);
    const id = await place.submit('spin');
    await place.event(id, isCheckpoint);
    await scheduler.close();
    assert.deepEqual(await launcher.running(), []);
    const { state, attempt } = await place.jobs.get(id);
    assert.deepEqual([state, attempt], ['queued', 1]);
    assert.equal(place.pidOf(id), undefined);
  });

  for (const [verb, to] of [
    ['cancel', 'cancelled'],
    ['pause', 'paused'],
  ] as const) {
    test(`${verb}: the runner is told at once, its place goes to the next job`, options, async (t) => {
      const place = await openPlace(t);
      const scheduler = place.scheduler(await place.launcher());
      const id = await place.submit('spin');
      await place.event(id, isCheckpoint);
      const next = await place.submit('succeed');
      await place.jobs.requestStop(id, verb);
      scheduler.stopJob(id);
      await place.state(id, to);
      await place.state(next, 'succeeded');
    });
  }

  test('cancel of a job whose runner has hardly started', options, async (t) => {
    const place = await openPlace(t);
    const scheduler = place.scheduler(await place.launcher());
    const id = await place.submit('spin');
    scheduler.wake();
    await place.state(id, 'starting', 'running');
    await place.jobs.requestStop(id, 'cancel');
    scheduler.stopJob(id);
    await place.state(id, 'cancelled');
  });

  const testIf = canForget ? test : () => undefined;
  testIf(
    'a service folder whose runner records were deleted gets its jobs back by their leases',
    options,
    async (t) => {
      const place = await openPlace(t, { TEST_TTL: '1500' });
      const first = await place.launcher();
      const before = place.scheduler(first);
      const id = await place.submit('resume');
      await place.event(id, isCheckpoint);
      await before.close({ leaveRunning: true });
      await first.close();
      await place.forgetRunners!();
      place.scheduler(await place.launcher());
      const { attempt } = await place.state(id, 'succeeded');
      assert.equal(attempt, 2);
    },
  );

  test(
    'a runner that stood still while its job was given to another writes nothing more and says so',
    options,
    async (t) => {
      const place = await openPlace(t, { TEST_TTL: '1000' });
      const launcher = await place.launcher();
      const id = await place.submit('spin');
      await place.jobs.transition(id, ['queued'], 'starting');
      const ended = nextExit(launcher);
      await launcher.launch(id, 2);
      await place.event(id, isCheckpoint);
      process.kill(pidOf(place, id), 'SIGSTOP');
      while ((await place.jobs.get(id)).state !== 'queued') {
        await place.jobs.reapLost({ startMilliseconds: 60_000, maxAttempts: 3 });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await place.jobs.transition(id, ['queued'], 'starting');
      const lease = await place.jobs.claim(id, 'another runner', 60_000);
      const before = await place.events(id);
      process.kill(pidOf(place, id), 'SIGCONT');
      const { how, tail } = await ended;
      assert.equal(how, 'exit code 3', tail);
      assert.match(tail, /lease/);
      assert.deepEqual(await place.events(id), before);
      await place.jobs.heartbeat(lease, 60_000);
    },
  );
}
