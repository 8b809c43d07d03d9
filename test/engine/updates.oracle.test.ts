/** Oracle: every update rule follows PyTorch's or optax's trajectory in float64, to rounding. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { float64 } from '@anneal/optimizers/float64.ts';
import { parse, type Update, update, updateDefinition, updateDefinitions, updateSlots } from '@anneal/schemas';

interface Oracle {
  readonly start: number[];
  readonly curvature: number[];
  readonly rate: number;
  readonly rules: Record<string, { update: unknown; points: number[][] }>;
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../oracles/updates/${name}.json`, import.meta.url), 'utf8')) as Oracle;

/** The points of a rule on f(w) = Σ a w²/2 + Σ sin(w), the gradient taken at `at(w, slots)`. */
function trajectory(options: Update, { start, curvature, rate }: Oracle, steps: number): number[][] {
  let w: Float64Array = Float64Array.from(start);
  let slots: Readonly<Record<string, Float64Array>> = Object.fromEntries(
    updateSlots(options).map((slot) => [slot, float64.zerosLike(w)]),
  );
  return Array.from({ length: steps }, (_value, i) => {
    const g = w.map((x, j) => curvature[j]! * x + Math.cos(x));
    const input = { w, g, slots, rate: float64.scalar(rate), step: float64.scalar(i + 1) };
    ({ w, slots } = updateDefinition(options.rule).apply(float64, input, options as never));
    return [...w];
  });
}

function same(actual: number[][], expected: number[][]): void {
  actual.forEach((w, i) => {
    w.forEach((x, j) => {
      const wanted = expected[i]![j]!;
      assert.ok(Math.abs(x - wanted) <= 1e-12 * Math.max(1, Math.abs(x)), `step ${i + 1}: ${x} is not ${wanted}`);
    });
  });
}

const oracles = [read('pytorch'), read('optax')];
for (const oracle of oracles)
  for (const [name, { update: given, points }] of Object.entries(oracle.rules))
    test(`${name} follows its oracle`, () => {
      same(trajectory(parse(update, given), oracle, points.length), points);
    });

test('every rule has an oracle; one of the user’s own has it in own-code/', () => {
  const covered = new Set(
    oracles.flatMap(({ rules }) => Object.values(rules).map((entry) => (entry.update as Update).rule)),
  );
  assert.deepEqual(
    [...updateDefinitions.keys()].filter((rule) => !covered.has(rule as Update['rule'])),
    ['module'],
  );
});

test('the look-ahead form of Nesterov visits w where the rewritten one visits w + μv', () => {
  const [oracle] = oracles as [Oracle];
  const mu = 0.9;
  const rewritten = trajectory(parse(update, { rule: 'nesterov', momentum: mu }), oracle, 40);
  let [w, v] = [oracle.start, oracle.start.map(() => 0)];
  const ahead = Array.from({ length: 40 }, () => {
    const look = w.map((x, j) => x + mu * v[j]!);
    v = look.map((x, j) => mu * v[j]! - oracle.rate * (oracle.curvature[j]! * x + Math.cos(x)));
    w = w.map((x, j) => x + v[j]!);
    return w.map((x, j) => x + mu * v[j]!);
  });
  same(rewritten, ahead);
});

for (const [options, what] of [
  [{ rule: 'adam', beta1: 1 }, 'update.beta1'],
  [{ rule: 'rmsprop', decay: -0.1 }, 'update.decay'],
  [{ rule: 'lion', beta2: Number.NaN }, 'update.beta2'],
  [{ rule: 'adamw', weightDecay: -1 }, 'update.weightDecay'],
  [{ rule: 'adagrad', epsilon: 0 }, 'update.epsilon'],
] as const)
  test(`${JSON.stringify(options)} is refused, naming the field`, () => {
    assert.throws(() => parse(update, options), new RegExp(what.slice(7)));
  });
