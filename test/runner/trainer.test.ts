/** The two ends of the training thread, and the time that a stop gives it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStopper } from '../../services/runner/stopper.ts';
import { startTrainer } from '../../services/runner/trainer.ts';
import { anySpec } from '../contracts/spec.ts';

const entry = new URL('trainers.mjs', import.meta.url);
const context = {
  ...{ jobId: 'job_1', attempt: 1, submittedAt: 0, resume: null, datasets: null, sources: null, reckoning: null },
};
const silent = { emit: () => undefined, report: () => undefined };

test('training waits while more than 256 MiB are on their way to the store', { timeout: 60_000 }, async () => {
  const trainer = startTrainer(entry);
  const held: (() => void)[] = [];
  let most = 0;
  let count = 0;
  trainer.listen({
    ...silent,
    put(name, _type, bytes, stored) {
      assert.deepEqual([name, bytes.byteLength], [`blob-${count++}`, 64 * 2 ** 20]);
      held.push(stored);
      most = Math.max(most, held.length);
      // Room is made only when the thread has filled all of it.
      if (held.length === 4) for (const free of held.splice(0)) free();
      if (count === 10) for (const free of held.splice(0)) free();
    },
  });
  trainer.begin({ spec: { ...anySpec(), name: 'flood' }, context });
  assert.equal((await trainer.end).kind, 'succeeded');
  assert.deepEqual([count, most], [10, 4]);
  assert.ok(await trainer.terminate(10_000));
});

test('a thread that cannot load is a failure in a sentence', { timeout: 60_000 }, async () => {
  const trainer = startTrainer(new URL('nowhere.mjs', import.meta.url));
  const end = await trainer.end;
  assert.ok(end.kind === 'failed');
  assert.equal(end.failure.detail.code, 'internal');
  assert.match(end.failure.detail.message, /Cannot find module .*nowhere\.mjs/);
});

test('a stop gives training its time, then gives up on it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const told: string[] = [];
  const stopper = createStopper(
    (why) => told.push(why),
    () => true,
  );
  let given: string | undefined;
  void stopper.overdue.then((why) => {
    given = why;
  });
  stopper.ask('leave');
  t.mock.timers.tick(7_999);
  await Promise.resolve();
  assert.equal(given, undefined);
  t.mock.timers.tick(1);
  await Promise.resolve();
  assert.equal(given, 'leave');
  assert.deepEqual(told, ['leave']);
});

test('the strongest stop counts', () => {
  const told: string[] = [];
  const stopper = createStopper(
    (why) => told.push(why),
    () => true,
  );
  for (const why of ['leave', 'pause', 'leave', 'cancel', 'pause', 'cancel'] as const) stopper.ask(why);
  assert.deepEqual([told, stopper.asked], [['leave', 'pause', 'cancel'], 'cancel']);
  stopper.close();
});

test('before the first step there is nothing to wait for', async () => {
  const stopper = createStopper(
    () => undefined,
    () => false,
  );
  stopper.ask('pause');
  assert.equal(await stopper.overdue, 'pause');
});
