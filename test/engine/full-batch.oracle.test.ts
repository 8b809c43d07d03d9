/** Oracle: L-BFGS goes PyTorch's course in float64; conjugate gradients and Newton end in SciPy's minima. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, update, updateSlots } from '@anneal/schemas';
import { type LineSearchUpdate, methodOf } from '../../services/engine/full-batch/method.ts';
import { hessian } from '../../services/engine/full-batch/newton.ts';
import type { Objective, Vector } from '../../services/engine/full-batch/objective.ts';

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../oracles/full-batch/${name}.json`, import.meta.url), 'utf8')) as Record<string, T>;

const courses = read<{ problem: string; history: number; start: number[]; course: number[][] }>('torch');
const minima = read<{ start: number[]; minimum: number[]; loss: number; iterations: { BFGS: number; CG: number } }>(
  'scipy',
);

const points = [
  [0.5, 1.2],
  [1.5, 0.3],
  [2.2, 2.0],
  [-0.4, 0.1],
  [-1.3, -0.8],
  [0.2, -1.5],
  [1.0, -0.2],
  [-0.7, 1.1],
];
const signs = [1, 1, 1, -1, -1, -1, -1, 1];

const problems: Record<string, Objective> = {
  rosenbrock(x) {
    const gradient = new Float64Array(x.length);
    let loss = 0;
    for (let i = 0; i < x.length - 1; i++) {
      const [a, b] = [x[i + 1]! - x[i]! ** 2, 1 - x[i]!];
      loss += 100 * a * a + b * b;
      gradient[i]! += -400 * a * x[i]! - 2 * b;
      gradient[i + 1]! += 200 * a;
    }
    return { loss, gradient };
  },
  quadratic(x) {
    const scales = [1, 10, 100, 1000];
    return {
      loss: scales.reduce((sum, scale, i) => sum + (scale * (x[i]! - 1) ** 2) / 2, 0),
      gradient: Float64Array.from(scales, (scale, i) => scale * (x[i]! - 1)),
    };
  },
  logistic(x) {
    const gradient = Float64Array.of(0.02 * x[0]!, 0.02 * x[1]!, 0);
    let loss = 0.01 * (x[0]! ** 2 + x[1]! ** 2);
    points.forEach(([a, b], i) => {
      const margin = signs[i]! * (a! * x[0]! + b! * x[1]! + x[2]!);
      loss += Math.log1p(Math.exp(-margin)) / 8;
      const share = -signs[i]! / (1 + Math.exp(margin)) / 8;
      [a!, b!, 1].forEach((value, j) => {
        gradient[j]! += share * value;
      });
    });
    return { loss, gradient };
  },
};

/** Positions after each step. */
function course(given: unknown, objective: Objective, start: readonly number[], steps: number): Vector[] {
  const options = parse(update, given) as LineSearchUpdate;
  const method = methodOf(options);
  const x = Float64Array.from(start);
  const slots = new Map(updateSlots(options).map((slot) => [slot, new Float64Array(x.length)]));
  return Array.from({ length: steps }, () => {
    method(objective, objective(x), { x, slots }, 1);
    return x.slice();
  });
}

for (const [name, { problem, history, start, course: expected }] of Object.entries(courses))
  test(`l-bfgs goes PyTorch's course: ${name}`, () => {
    const ours = course({ rule: 'l-bfgs', history }, problems[problem]!, start, expected.length);
    expected.forEach((point, step) => {
      const converged = Math.max(...problems[problem]!(Float64Array.from(point)).gradient.map(Math.abs)) < 1e-6;
      // Rounding in the order of sums grows along the valley; at the end both are at the minimum.
      const within = converged ? 1e-5 : 1e-6;
      point.forEach((value, i) => {
        assert.ok(
          Math.abs(ours[step]![i]! - value) <= within * Math.max(1, Math.abs(value)),
          `step ${step + 1}: ${ours[step]} is not ${point}`,
        );
      });
    });
  });

/** Of Rosenbrock's function in four dimensions; a full Newton step leads into it from here (Shang & Qiu 2006). */
const secondMinimum = [-0.775659, 0.613093, 0.382063, 0.145972];

for (const [rule, steps] of [
  ['l-bfgs', 60],
  ['conjugate-gradient', 300],
  ['newton', 60],
] as const)
  for (const [name, { start, minimum }] of Object.entries(minima))
    test(`${rule} ends in a minimum: ${name}`, () => {
      const end = course({ rule, ...(rule === 'newton' && { damping: 1e-6 }) }, problems[name]!, start, steps).at(-1)!;
      const expected = rule === 'newton' && name === 'rosenbrock' ? secondMinimum : minimum;
      expected.forEach((value, i) => {
        assert.ok(Math.abs(end[i]! - value) < 3e-5, `${end} is not ${expected}`);
      });
    });

test('the Hessian by differences is that of the formula', () => {
  const x = Float64Array.of(-1.2, 1, -0.5, 0.8);
  const h = hessian(problems.rosenbrock!, x);
  const expected = [1200 * 1.44 - 400 * 1 + 2, 200 + 1200 * 1 + 400 * 0.5 + 2, 200 + 1200 * 0.25 - 400 * 0.8 + 2, 200];
  expected.forEach((value, i) => {
    assert.ok(Math.abs(h.get(i, i) - value) < 1e-4, `${h.get(i, i)} is not ${value}`);
  });
  assert.ok(Math.abs(h.get(0, 1) - 480) < 1e-4);
  assert.equal(h.get(0, 2), 0);
});
