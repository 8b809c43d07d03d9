/** Races on surfaces, and their picture. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { race, registeredRule, ruleNames, surfaces } from '@anneal/optimizers';
import { racePicture } from '../../sdk/plot/race.ts';

test('gradients of the surfaces are theirs', () => {
  for (const [name, { value, gradient, start }] of Object.entries(surfaces)) {
    for (const [x, y] of [start, [0.3, 0.7], [1.1, -0.4]] as const) {
      const h = 1e-6;
      const numeric = [(value(x + h, y) - value(x - h, y)) / (2 * h), (value(x, y + h) - value(x, y - h)) / (2 * h)];
      for (const [i, slope] of gradient(x, y).entries())
        assert.ok(Math.abs(slope - numeric[i]!) < 1e-5 * (1 + Math.abs(slope)), `${name} at ${x}, ${y}`);
    }
  }
});

test('known lowest places', () => {
  assert.equal(surfaces.beale.value(3, 0.5), 0);
  assert.equal(surfaces.rosenbrock.value(1, 1), 0);
  assert.equal(surfaces.saddle.value(0, 1), -0.25);
});

test("sgd's path through the ravine is a geometric one", () => {
  const [runner] = race([registeredRule('sgd')], surfaces.ravine, 20, 0.05);
  const [x, y] = runner!.path.at(-1)!;
  assert.ok(Math.abs(x - -9 * (1 - 0.05 / 10) ** 20) < 1e-12);
  assert.ok(Math.abs(y - 1.6 * (1 - 0.05 * 10) ** 20) < 1e-12);
  assert.equal(runner!.path.length, 21);
});

test('a rate that is left out is the one that gets lowest; a rule that diverges says so', () => {
  const rule = registeredRule('momentum');
  const [best] = race([rule], surfaces.beale, 50);
  for (const rate of [0.0001, 0.001, 0.01]) assert.ok(best!.value <= race([rule], surfaces.beale, 50, rate)[0]!.value);
  const [lost] = race([registeredRule('sgd')], surfaces.rosenbrock, 50, 1);
  assert.equal(lost!.value, Infinity);
  assert.ok(lost!.path.length < 50);
});

test('next to the ridge of a saddle the adaptive rules leave before sgd does', () => {
  const heights = Object.fromEntries(
    race(ruleNames.map(registeredRule), surfaces.saddle, 100).map(({ rule, value }) => [rule, value]),
  );
  for (const rule of ['adam', 'rmsprop', 'adagrad']) assert.ok(heights[rule]! < heights.sgd! - 0.05, rule);
});

test('the picture holds contours, every rule and, when it moves, every step', async () => {
  const runners = race(['sgd', 'adam'].map(registeredRule), surfaces.beale, 40);
  const still = await racePicture(surfaces.beale, runners, false);
  assert.match(still, /^<svg xmlns.*<path .*sgd, rate .*adam, rate .*<\/svg>\n$/s);
  assert.ok(!still.includes('<animate') && !still.includes('<style'));
  const moving = await racePicture(surfaces.beale, runners, true);
  const frames = [...moving.matchAll(/attributeName="cx"[^>]* values="([^"]*)"/g)].map(
    (found) => found[1]!.split(';').length,
  );
  assert.deepEqual(frames, [50, 50]);
});
