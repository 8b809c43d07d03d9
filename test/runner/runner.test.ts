/** Runners as real processes on real stores: how each kind of run ends. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { TrainResult } from '@anneal/schemas';
import { nextExit } from '../contracts/launcher.contract.ts';
import { isCheckpoint, openPlace, type Place, pidOf } from './place.ts';

const options = { timeout: 60_000 };

/** Launches a job as the scheduler does. */
async function launch(place: Place, behaviour: string) {
  const id = await place.submit(behaviour);
  const launcher = await place.launcher();
  await place.jobs.transition(id, ['queued'], 'starting');
  const ended = nextExit(launcher);
  const { handle } = await launcher.launch(id, 2);
  return { id, ended, launcher, pid: pidOf(handle) };
}

test('a run that succeeds', options, async (t) => {
  const place = await openPlace(t);
  const { id, ended } = await launch(place, 'succeed');
  assert.equal((await ended).how, 'exit code 0');
  const job = await place.jobs.get(id);
  assert.deepEqual(
    [job.state, job.attempt, (job.result as TrainResult).steps, job.progress?.step],
    ['succeeded', 1, 30, 30],
  );
  const { artifacts, attempt } = await place.manifest(id);
  assert.equal(attempt, 1);
  assert.deepEqual(
    artifacts.map(({ name }) => name),
    [
      'checkpoints/step-30/run.json',
      'checkpoints/step-30/state.bin',
      'metrics/steps-000000000001-000000000010.parquet',
      'metrics/steps-000000000011-000000000020.parquet',
      'metrics/steps-000000000021-000000000030.parquet',
      'model/model.json',
      'spec.json',
    ],
  );
  const stored: string[] = [];
  for await (const { key } of place.artifacts.list(`jobs/${id}/`)) stored.push(key);
  assert.deepEqual(
    stored.sort(),
    [...artifacts.map(({ name }) => `jobs/${id}/1/${name}`), `jobs/${id}/1/manifest.json`].sort(),
  );
  await assertOrder(place, id);
});

/** A checkpoint is told after its files, the manifest after all artifacts, success last. */
async function assertOrder(place: Place, id: string): Promise<void> {
  const bodies = (await place.events(id)).map(({ body }) => body);
  const told = new Set<string>();
  for (const body of bodies) {
    if (body.type === 'artifact') told.add(body.artifact.name);
    if (body.type === 'checkpoint') assert.ok(told.has(`${body.name}/state.bin`) && told.has(`${body.name}/run.json`));
  }
  const [manifest, state] = bodies.slice(-2);
  assert.ok(manifest?.type === 'artifact' && manifest.artifact.name === 'manifest.json');
  assert.ok(state?.type === 'state' && state.state === 'succeeded');
}

test('a run that fails says why and keeps what it had', options, async (t) => {
  const place = await openPlace(t);
  const { id, ended } = await launch(place, 'fail');
  assert.equal((await ended).how, 'exit code 0');
  const { state, error } = await place.jobs.get(id);
  const detail = {
    code: 'non_finite_loss',
    message: 'the loss became NaN at step 7',
    param: 'schedule.rate',
    retryable: false,
  };
  assert.deepEqual([state, error], ['failed', detail]);
  assert.equal((await place.artifacts.head(`jobs/${id}/1/diagnostics.json`)).size, 2);
  await assert.rejects(place.manifest(id), { code: 'artifact_not_found' });
});

test('a bug is told in a sentence, its stack goes into the log', options, async (t) => {
  const place = await openPlace(t);
  const { id, ended } = await launch(place, 'throw');
  const { tail } = await ended;
  const { error } = await place.jobs.get(id);
  assert.equal(error?.code, 'internal');
  assert.match(error.message, /^training failed unexpectedly: x is not a function; its log has the details$/);
  assert.match(tail, /TypeError: x is not a function\\n +at .*trainers\.ts/);
});

test('a training thread without memory is out_of_memory', options, async (t) => {
  const place = await openPlace(t, { NODE_OPTIONS: '--max-old-space-size=120' });
  const { id, ended } = await launch(place, 'exhaust');
  await ended;
  const { state, error } = await place.jobs.get(id);
  assert.deepEqual([state, error?.code], ['failed', 'out_of_memory'], error?.message);
});

for (const [verb, to] of [
  ['cancel', 'cancelled'],
  ['pause', 'paused'],
] as const) {
  test(`${verb} is heard by a signal at once`, options, async (t) => {
    const place = await openPlace(t);
    const { id, ended, pid } = await launch(place, 'spin');
    await place.event(id, isCheckpoint);
    await place.jobs.requestStop(id, verb);
    const asked = performance.now();
    process.kill(pid, 'SIGTERM');
    await place.state(id, to);
    t.diagnostic(`${Math.round(performance.now() - asked)} ms`);
    assert.equal((await ended).how, 'exit code 0');
    assert.equal((await place.jobs.get(id)).stopping, null);
  });

  test(`${verb} is heard by a heartbeat without a signal`, options, async (t) => {
    const place = await openPlace(t);
    const { id, ended } = await launch(place, 'spin');
    await place.event(id, isCheckpoint);
    await place.jobs.requestStop(id, verb);
    await ended;
    assert.equal((await place.jobs.get(id)).state, to);
  });
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} saves and puts the job back into the queue`, options, async (t) => {
    const place = await openPlace(t);
    const { id, ended, pid } = await launch(place, 'spin');
    await place.event(id, isCheckpoint);
    process.kill(pid, signal);
    assert.equal((await ended).how, 'exit code 75');
    const { state, progress } = await place.jobs.get(id);
    assert.equal(state, 'queued');
    const events = await place.events(id);
    const { body } = events.at(-1)!;
    assert.ok(body.type === 'state' && body.reason === 'the runner was asked to leave');
    const saved = events.findLast(isCheckpoint)!.body;
    assert.ok(saved.type === 'checkpoint' && saved.step === progress?.step);
  });
}

test('training that has not begun is ended without waiting for it', options, async (t) => {
  const place = await openPlace(t);
  const { id, ended, pid } = await launch(place, 'deaf');
  await place.event(id, ({ body }) => body.type === 'notice');
  await place.jobs.requestStop(id, 'cancel');
  process.kill(pid, 'SIGTERM');
  assert.equal((await ended).how, 'exit code 0');
  assert.equal((await place.jobs.get(id)).state, 'cancelled');
});

test('a job that is not to be started is left alone', options, async (t: TestContext) => {
  const place = await openPlace(t);
  const id = await place.submit('succeed');
  const launcher = await place.launcher();
  const ended = nextExit(launcher);
  await launcher.launch(id, 2);
  assert.equal((await ended).how, 'exit code 3');
  assert.equal((await place.jobs.get(id)).state, 'queued');
});
