/** Landscapes of the unit tests: gradients that fit them, and what is random about them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '@anneal/optimizers/random.ts';
import { catalogue, type UnitTest } from '@anneal/optimizers/suite/catalogue.ts';
import { noises } from '@anneal/optimizers/suite/noise.ts';
import { trialOf } from '@anneal/optimizers/suite/trial.ts';
import { multiply, multiplyTransposed, randomCurl, randomRotation } from '@anneal/optimizers/suite/turn.ts';

const noiseless = (change: Partial<UnitTest> = {}): UnitTest => ({
  name: 'bowls',
  family: '2D rotated',
  coordinates: ['normal', 'steep', 'normal'].map((scale) => ({
    shapes: ['quad-bowl'] as const,
    noise: 'none' as const,
    scale: scale as 'normal' | 'steep',
  })),
  rotated: false,
  curled: false,
  drift: undefined,
  ...change,
});

/** −∂gain/∂x by centred differences. */
function numericGradient(gain: (x: Float64Array) => number, x: Float64Array): number[] {
  return [...x].map((_value, i) => {
    const moved = (by: number): number => gain(x.map((value, j) => (j === i ? value + by : value)));
    return (moved(-1e-5) - moved(1e-5)) / 2e-5;
  });
}

const closeTo = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void => {
  for (const [i, value] of Array.from(actual).entries())
    assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${i}: ${value} is not ${expected[i]}`);
};

for (const rotated of [false, true]) {
  test(`the gradient is that of the landscape${rotated ? ', rotated' : ''}`, () => {
    const trial = trialOf(noiseless({ rotated }), 7, 100);
    const x = Float64Array.of(0.3, -0.2, 0.9);
    const g = new Float64Array(3);
    assert.ok(trial.gradient(x, 0, g));
    closeTo(g, numericGradient(trial.gain, x), 1e-6);
  });
}

test('a rotation keeps lengths and turns back by its transpose; curl neither climbs nor falls', () => {
  const random = randomOf(3);
  const x = Float64Array.from({ length: 10 }, () => random.normal());
  const [y, back] = [new Float64Array(10), new Float64Array(10)];
  const rotation = randomRotation(random, 10);
  multiply(rotation, x, y);
  multiplyTransposed(rotation, y, back);
  closeTo(back, x, 1e-12);
  multiply(randomCurl(random, 10), x, y);
  assert.ok(Math.abs(x.reduce((sum, value, i) => sum + value * y[i]!, 0)) < 1e-12);
  assert.ok(Math.hypot(...y) > 0.1 * Math.hypot(...x));
});

test('curl is added to the gradient, about the middle, and to nothing else', () => {
  const [plain, curled] = [false, true].map((on) => trialOf(noiseless({ curled: on }), 7, 100));
  const middle = Float64Array.of(0.5, 0.5, 0.5);
  const [at, off] = [new Float64Array(3), new Float64Array(3)];
  for (const trial of [plain!, curled!]) {
    trial.gradient(middle, 0, at);
    closeTo(at, [0, 0, 0], 1e-12);
  }
  const x = Float64Array.of(1.5, 0, 0);
  plain!.gradient(x, 0, at);
  curled!.gradient(x, 0, off);
  const field = off.map((value, i) => value - at[i]!);
  assert.ok(Math.hypot(...field) > 0.1);
  assert.ok(Math.abs(field.reduce((sum, value, i) => sum + value * (x[i]! - 0.5), 0)) < 1e-12);
  assert.equal(plain!.gain(x), curled!.gain(x));
});

for (const [drift, noise] of [
  ['scale', 'none'],
  ['offset', 'none'],
  ['noise', 'additive 0.1'],
] as const) {
  test(`a drift of the ${drift} changes gradients from step 10 on, every ten steps`, () => {
    const coordinates = [{ shapes: ['quad-bowl'], noise, scale: 'normal' } as const];
    const [still, drifting] = [undefined, drift].map((each) => trialOf(noiseless({ coordinates, drift: each }), 5, 30));
    const g = new Float64Array(1);
    const seen = (trial: typeof still, t: number): number => {
      trial!.gradient(Float64Array.of(0.2), t, g);
      return g[0]!;
    };
    for (let t = 0; t < 10; t++) assert.equal(seen(drifting, t), seen(still, t));
    assert.notEqual(seen(drifting, 10), seen(still, 10));
    assert.notEqual(seen(drifting, 20) - seen(still, 20), seen(drifting, 10) - seen(still, 10));
    if (drift !== 'noise') assert.equal(seen(drifting, 19), seen(drifting, 10));
  });
}

test('noise has the strength and the share of zeros that its name says', () => {
  const draws = 20_000;
  const gradients = (name: keyof typeof noises, slope: number): number[] => {
    const random = randomOf(11);
    const noise = noises[name]!;
    return Array.from({ length: draws }, () => noise.disturb(slope, noise.draw(random), 1));
  };
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const additive = gradients('additive 10', -1);
  assert.ok(Math.abs(mean(additive) + 1) < 0.3);
  assert.ok(Math.abs(mean(additive.map((g) => (g + 1) ** 2)) - 100) < 4);
  const logarithms = gradients('multiplicative 1', -1).map((g) => Math.log(-g));
  assert.ok(Math.abs(mean(logarithms)) < 0.03 && Math.abs(mean(logarithms.map((l) => l * l)) - 1) < 0.04);
  const masked = gradients('mask-out 0.9', -1);
  assert.ok(Math.abs(masked.filter((g) => g === 0 || Object.is(g, -0)).length / draws - 0.9) < 0.01);
  const sizes = gradients('cauchy', 0).map(Math.abs);
  assert.ok(Math.abs(sizes.filter((size) => size < 1).length / draws - 0.5) < 0.02, 'half of a Cauchy lies within 1');
});

test('every trial of the catalogue starts, and the same seed gives the same one', () => {
  for (const [i, entry] of catalogue.entries()) {
    const [a, b] = [trialOf(entry, i, 20), trialOf(entry, i, 20)];
    const [first, second] = [new Float64Array(a.dimensions), new Float64Array(b.dimensions)];
    assert.ok(a.gradient(a.start, 0, first) && b.gradient(b.start, 0, second), entry.name);
    assert.ok(first.every(Number.isFinite), entry.name);
    assert.deepEqual(first, second);
    assert.equal(a.gain(a.start), 0);
  }
  assert.equal(new Set(catalogue.map(({ name }) => name)).size, catalogue.length);
});
