/** Comparing a gradient with differences where some parameters lie on kinks: others are looked at in their place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoubleLoss } from '@anneal/engine';
import { burnIn } from '../../services/verify/gradient/burn-in.ts';
import { compareGradient } from '../../services/verify/gradient/compare.ts';
import { scanSteps } from '../../services/verify/gradient/scan.ts';

const weight = (name: string) => ({ name, shape: [20] }) as unknown as DoubleLoss['weights'][number];
const [HALF, DEAD] = [20, 40];
/** Every second parameter of `half`, and all of `dead`. */
const isKinked = (i: number): boolean => i >= DEAD || (i >= HALF && i % 2 === 0);

/** Σx², said to have a kink within every 1e-5 of some of its parameters. */
const loss = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0);
const squares: DoubleLoss = {
  weights: [weight('smooth'), weight('half'), weight('dead')],
  start: Float64Array.from({ length: 60 }, (_value, i) => 1 + i / 60),
  loss,
  gradient: (x) => x.map((value) => 2 * value),
  probe: (x) => ({
    loss: loss(x),
    winners: Int32Array.from(x, (value, i) => (isKinked(i) ? Math.floor(value / 1e-5) : 0)),
  }),
  dispose: () => undefined,
};

test('a parameter on a kink is replaced; a tensor that has no other is named', () => {
  const options = { seed: 3, perTensor: 8, directions: 0, most: 100 };
  const { compared, kinked, tensors, unchecked } = compareGradient(squares, options);
  const lookedAt = (name: string) => compared.filter(({ where }) => where === name);
  assert.deepEqual([lookedAt('smooth').length, lookedAt('half').length], [8, 8]);
  assert.ok(lookedAt('half').every(({ index }) => index! % 2 === 1));
  assert.deepEqual([tensors, unchecked], [2, ['dead']]);
  assert.ok(kinked >= 64);
  assert.ok(compared[0]!.error < 1e-8);
});

const smooth = (gradient: DoubleLoss['gradient']): DoubleLoss => ({
  ...squares,
  gradient,
  probe: (x) => ({ loss: loss(x), winners: null }),
});

test('a mistake that shows only where descent leads is found after a burn-in', () => {
  const wrongBelowOne = smooth((x) => x.map((value) => (value < 0.98 ? 3 : 2) * value));
  const options = { seed: 3, perTensor: 8, directions: 1, most: 100 };
  assert.ok(compareGradient(wrongBelowOne, options).compared[0]!.error < 1e-8);
  const { x, steps, loss: after } = burnIn(wrongBelowOne);
  assert.ok(steps > 0 && after <= 0.7 * loss(squares.start));
  assert.equal(after, loss(x));
  assert.ok(compareGradient(wrongBelowOne, options, x).compared[0]!.error > 0.3);
});

test('where no step lowers the loss, as with a gradient of the wrong sign, there is no burn-in', () => {
  const wrongSign = smooth((x) => x.map((value) => -2 * value));
  const none = smooth((x) => x.map(() => 0));
  assert.deepEqual([burnIn(wrongSign).steps, burnIn(none).steps], [0, 0]);
  assert.equal(burnIn(none).x, squares.start);
});

test('over h the error of a right gradient falls with h² and rises again with 1/h; a wrong one stays', () => {
  const cubes = (factor: number): DoubleLoss => ({
    ...squares,
    loss: (x) => x.reduce((sum, value) => sum + value ** 3, 0),
    gradient: (x) => x.map((value) => factor * 3 * value ** 2),
  });
  const { h, parameters } = scanSteps(cubes(1), 3);
  assert.deepEqual([h.length, h[0], parameters.length], [23, 0.1, 9]);
  assert.equal(new Set(parameters.map(({ tensor, index }) => `${tensor} ${index}`)).size, 9);
  for (const { errors } of parameters) {
    // Two decades of h are four of the error.
    assert.ok(Math.abs(Math.log10(errors[0]! / errors[4]!) - 4) < 0.1);
    assert.ok(errors[8]! < 1e-8 && errors.at(-1)! > 1e-6);
  }
  for (const { errors } of scanSteps(cubes(1.1), 3).parameters) assert.ok(errors.every((error) => error! > 0.05));
});
