/** How long training gets to end: what each reason allows, and no longer than the machine will wait. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStopper } from '../../services/runner/stopper.ts';

for (const [why, stopMilliseconds, expected] of [
  ['pause', undefined, 30_000],
  ['pause', 30_000, 18_000],
  ['cancel', 30_000, 10_000],
  ['leave', 30_000, 8_000],
  ['pause', 4_000, 2_000],
] as const)
  test(`${why}, ended by force after ${stopMilliseconds ?? 'no known'} ms: training is given up after ${expected}`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const stopper = createStopper(
      () => undefined,
      () => true,
      stopMilliseconds,
    );
    let overdue = false;
    void stopper.overdue.then(() => {
      overdue = true;
    });
    stopper.ask(why);
    t.mock.timers.tick(expected - 1);
    await Promise.resolve();
    assert.equal(overdue, false);
    t.mock.timers.tick(1);
    await Promise.resolve();
    assert.equal(overdue, true);
  });
