/** Oracle: schedules against their closed forms, in float64. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, schedule, scheduled } from '@anneal/schemas';

const at = (spec: unknown, step: number, stepsPerEpoch = 100) => scheduled(parse(schedule, spec), step, stepsPerEpoch);

test('constant', () => {
  assert.equal(at({ type: 'constant', rate: 0.1 }, 12345), 0.1);
});

test('step decay halves every five epochs, at the first step of the epoch', () => {
  const spec = { type: 'step', rate: 0.8, factor: 0.5, every: 5 };
  assert.deepEqual(
    [0, 499, 500, 999, 1000].map((step) => at(spec, step)),
    [0.8, 0.8, 0.4, 0.4, 0.2],
  );
});

test('step decay counted in steps', () => {
  const spec = { type: 'step', rate: 1, factor: 0.1, every: 10, unit: 'steps' };
  assert.deepEqual(
    [9, 10].map((step) => at(spec, step)),
    [1, 0.1],
  );
});

test('exponential decay falls by e every 1/k epochs, within an epoch too', () => {
  const spec = { type: 'exponential', rate: 0.1, decay: 0.5 };
  assert.ok(Math.abs(at(spec, 200) - 0.1 / Math.E) < 1e-16);
  assert.ok(at(spec, 51) < at(spec, 50));
});

test('1/t decay', () => {
  const spec = { type: '1/t', rate: 1, decay: 0.01, unit: 'steps' };
  assert.equal(at(spec, 0), 1);
  assert.equal(at(spec, 100), 0.5);
  assert.equal(at(spec, 300), 0.25);
});
