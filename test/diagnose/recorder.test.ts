/** The record of a run: bounded, faithful to the means, and the same whether the run was interrupted or not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunRecorder } from '@anneal/diagnose';

const STEPS = 5000;
const loss = (step: number) => 2 * Math.exp(-step / 1000) + 0.1 * (step % 2 === 0 ? 1 : -1);

function take(recorder: RunRecorder, from: number, to: number): void {
  for (let step = from; step <= to; step++) {
    recorder.step(step, loss(step) + 0.5, loss(step), 0.1);
    if (step % 10 === 0)
      recorder.epoch({ step, trainingLoss: loss(step), validationLoss: null, validationScore: null });
    if (step % 7 === 0) recorder.observed({ step, values: [step] });
  }
}

test('memory is bounded, means are those of the steps, the newest is there', () => {
  const recorder = new RunRecorder();
  take(recorder, 1, STEPS);
  const { first, stretches, epochs, observed } = recorder.seen;
  assert.deepEqual(first, { loss: loss(1) + 0.5, dataLoss: loss(1) });
  assert.ok(stretches.length <= 513 && epochs.length <= 257 && observed.length <= 65);
  assert.equal(stretches.at(-1)!.step, STEPS);
  assert.equal(epochs.at(-1)!.step, STEPS);
  assert.equal(observed.at(-1)!.step, STEPS - (STEPS % 7));
  let from = 1;
  for (const { step, steps, dataLoss, least, most, jump } of stretches) {
    const own = Array.from({ length: steps }, (_value, i) => loss(from + i));
    assert.ok(Math.abs(own.reduce((a, b) => a + b, 0) / steps - dataLoss) < 1e-12);
    assert.ok(least <= dataLoss + 0.5 && dataLoss + 0.5 <= most);
    // Steps are 0.2 apart: a noise of 0.1 · √2.
    if (from > 1) assert.ok(Math.abs(jump - 0.04) < 0.003, `${jump}`);
    from = step + 1;
  }
  assert.equal(from, STEPS + 1);
});

test('a recorder that goes on from its state, as JSON, ends as one that was never stopped', () => {
  const whole = new RunRecorder();
  take(whole, 1, STEPS);
  let parts = new RunRecorder();
  for (const [from, to] of [
    [1, 3],
    [4, 2311],
    [2312, STEPS],
  ] as const) {
    parts = new RunRecorder(JSON.parse(JSON.stringify(parts.state)));
    take(parts, from, to);
  }
  assert.deepEqual(parts.seen, whole.seen);
});

test('a state is of its moment', () => {
  const recorder = new RunRecorder();
  take(recorder, 1, 700);
  const { state } = recorder;
  const then = JSON.stringify(state);
  take(recorder, 701, STEPS);
  assert.equal(JSON.stringify(state), then);
});

test('a loss that is no number is noted and kept out of the means', () => {
  const recorder = new RunRecorder();
  take(recorder, 1, 20);
  recorder.step(21, Number.NaN, Number.NaN, 0.1);
  recorder.step(22, Number.POSITIVE_INFINITY, 1, 0.1);
  const { nonFiniteStep, stretches } = recorder.seen;
  assert.equal(nonFiniteStep, 21);
  assert.ok(stretches.every((stretch) => Number.isFinite(stretch.loss)));
});
