/** The reconciler in a world where events come twice, late, out of order or never, services crash and several reconcilers act at once. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decide, type Facts } from '../../services/core/adapters/batch-launcher/reconcile/decide.ts';
import type { Run } from '../../services/core/adapters/batch-launcher/run.ts';
import { createWorld } from './reconcile-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-reconcile-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SEEDS = 40;
const totals = { delivered: 0, lost: 0, doubled: 0, submitted: 0 };

for (let seed = 1; seed <= SEEDS; seed++)
  test(`world ${seed}: no job is lost, none is launched twice, no reconciler does harm`, {
    timeout: 60_000,
  }, async () => {
    const world = createWorld(join(folder, `${seed}.db`), seed);
    for (let wave = 0; wave < 4; wave++) {
      await world.submitJobs(4);
      await world.turbulence(150);
    }
    assert.ok((await world.calm()) < 200, 'some job has not come to an end');
    assert.deepEqual(world.counts.harm, []);
    for (const { id, states } of await world.histories()) {
      assert.ok(['succeeded', 'cancelled'].includes(states.at(-1)!), `${id}: ${states}`);
      const launches = states.filter((state) => state === 'starting').length;
      const submitted = world.counts.submitted.get(id) ?? 0;
      assert.ok(submitted <= launches, `${id}: ${submitted} submissions for ${launches} launches`);
      totals.submitted += submitted;
    }
    totals.delivered += world.counts.delivered;
    totals.lost += world.counts.lost;
    totals.doubled += world.counts.doubled;
    await world.store.close();
  });

test('the worlds were as bad as they should be', () => {
  assert.ok(totals.delivered > 2000 && totals.lost > 300 && totals.doubled > 600, JSON.stringify(totals));
});

const run = (id: string, facts: Partial<Run> = {}): Run => ({
  ...{ id, name: id, jobId: 'job_1', launch: 6, onDemand: false, status: 'RUNNING', statusReason: '', createdAt: 0 },
  ...{ exitCode: undefined, reason: '' },
  ...facts,
});
type State = Facts['after']['state'];
const facts = (state: State, age: number, runs: Run[], stopping: Facts['after']['stopping'] = null): Facts => ({
  history: { state, since: 1_000_000, launch: 6, losses: 0, said: undefined, lastEvent: 7 },
  before: { state, attempt: 1, stopping },
  after: { state, attempt: 1, stopping },
  runs,
  now: 1_000_000 + age,
});
const MINUTES = 60_000;

test('a job without a runner waits for its submission, then goes back, with the words of the last run', () => {
  assert.deepEqual(decide(facts('starting', MINUTES, [])), []);
  assert.deepEqual(decide(facts('starting', 3 * MINUTES, [])), [
    { do: 'settle', lost: { what: 'its runner was not submitted', interrupted: true }, run: undefined },
  ]);
  const failed = run('a', { status: 'FAILED', exitCode: 137 });
  // It can't claim the job any more: there is nothing to wait for.
  assert.deepEqual(decide(facts('starting', 0, [failed])), [
    { do: 'settle', lost: { what: 'its runner ended by signal SIGKILL' }, run: 'a' },
  ]);
  assert.deepEqual(decide(facts('running', 0, [failed])), [
    { do: 'settle', lost: { what: 'its runner ended by signal SIGKILL' }, run: 'a' },
  ]);
  assert.deepEqual(decide(facts('running', 9 * MINUTES, [])), []);
});

test('a launch recorded by a clock that is an hour ahead is waited for no longer than others', () => {
  const ahead = facts('starting', -60 * MINUTES, []);
  assert.deepEqual(decide({ ...ahead, stood: MINUTES }), []);
  assert.equal(decide({ ...ahead, stood: 3 * MINUTES }).length, 1);
  // Behind: what seems to be an hour old may have been recorded just now.
  assert.deepEqual(decide({ ...facts('starting', 60 * MINUTES, []), stood: 0 }), []);
  assert.equal(decide({ ...facts('starting', 60 * MINUTES, []), stood: 10_000 }).length, 1);
  assert.equal(decide({ ...facts('starting', MINUTES, []), patience: MINUTES }).length, 1);
});

test('a launch that was never submitted is not charged with the end of the run before it, whatever the clocks say', () => {
  for (const createdAt of [900_000, 1_000_000, 1_000_000 + 60 * MINUTES]) {
    const before = run('before', { launch: 3, status: 'FAILED', exitCode: 137, createdAt });
    assert.deepEqual(decide(facts('starting', 3 * MINUTES, [before])), [
      { do: 'settle', lost: { what: 'its runner was not submitted', interrupted: true }, run: undefined },
    ]);
  }
});

test('only the run of its own launch that may have had the job is charged while it runs', () => {
  const ended = { status: 'FAILED', exitCode: 137 } as const;
  // The runner is none of these queues', or not listed yet.
  assert.deepEqual(decide(facts('running', 9 * MINUTES, [run('before', { ...ended, launch: 3 })])), []);
  // It left since another had the job.
  assert.deepEqual(decide(facts('running', 9 * MINUTES, [run('late', { ...ended, exitCode: 3 })])), []);
  assert.equal(decide(facts('running', 0, [run('before', { launch: 3 }), run('own', ended)])).length, 0);
  assert.equal(decide(facts('running', 0, [run('own', ended), run('late', { ...ended, exitCode: 3 })])).length, 1);
});

test('a run that we have ended ourselves is no loss', () => {
  const ended = run('a', { status: 'FAILED', exitCode: 75, statusReason: 'Anneal: asked to stop' });
  const [action] = decide(facts('starting', 0, [ended]));
  assert.ok(action?.do === 'settle' && action.lost.interrupted === true);
});

test('a machine that is gone is no fault of the job', () => {
  const lost = run('a', { status: 'FAILED', statusReason: 'Host EC2 (instance i-0) terminated.' });
  const [action] = decide(facts('running', 0, [lost]));
  assert.ok(action?.do === 'settle' && action.lost.interrupted === true);
});

test('runs that nobody waits for are ended, those that run leave by themselves', () => {
  const waiting = run('w', { status: 'RUNNABLE' });
  const ends = (state: State, runs: Run[]) =>
    decide(facts(state, 9 * MINUTES, runs)).flatMap((action) => (action.do === 'end' ? [action.run] : [action.do]));
  for (const state of ['queued', 'paused', 'succeeded', 'failed', 'cancelled'] as const)
    assert.deepEqual(ends(state, [waiting, run('r')]), ['w']);
  assert.deepEqual(ends('running', [run('r'), waiting]), ['w']);
  assert.deepEqual(ends('running', [run('r')]), []);
  assert.deepEqual(ends('running', [waiting]), ['w', 'settle']);
  assert.deepEqual(ends('starting', [run('old', { status: 'RUNNABLE' }), waiting]), ['old']);
  assert.deepEqual(ends('starting', [waiting, run('old', { launch: 3 })]), ['old']);
  // Of a launch that was recorded after the history was read.
  assert.deepEqual(ends('starting', [waiting, run('new', { launch: 9, status: 'RUNNABLE' })]), []);
  // An earlier launch's runner keeps nobody waiting for the one that has ended.
  assert.deepEqual(ends('starting', [run('old', { launch: 3 }), run('a', { status: 'FAILED' })]), ['settle']);
});

test('a runner that can’t start is told of, unless the job is to stop', () => {
  const stuck = run('w', { status: 'RUNNABLE', statusReason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - x' });
  const [tell] = decide(facts('starting', 0, [stuck]));
  assert.ok(tell?.do === 'tell' && /no kind of machine of the queue/.test(tell.why));
  assert.deepEqual(decide(facts('starting', 0, [stuck], 'cancel')), [
    { do: 'end', run: 'w', why: 'cancel was asked for' },
  ]);
});

test('a job that moves while it is looked at is left alone', () => {
  const still = facts('starting', 9 * MINUTES, []);
  assert.deepEqual(decide({ ...still, after: { ...still.after, state: 'queued' } }), []);
  assert.deepEqual(decide({ ...still, before: { ...still.before, attempt: 0 } }), []);
  assert.deepEqual(decide({ ...still, history: { ...still.history, state: 'running' } }), []);
});
