/** Oracle: SFO goes the course of its authors' program in float64, fed the random draws which that made. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, type SfoOptions, update } from '@anneal/schemas';
import type { Draws } from '../../services/engine/full-batch/sfo/draws.ts';
import { freshMemory } from '../../services/engine/full-batch/sfo/memory.ts';
import type { Look, LookAt } from '../../services/engine/full-batch/sfo/settle.ts';
import { sfoStep } from '../../services/engine/full-batch/sfo/step.ts';

interface Course {
  readonly parts: number;
  readonly options: Readonly<Record<string, number | string>>;
  readonly start: number[];
  readonly failures: number[];
  readonly steps: { looked: number[]; at: number[] }[];
  readonly draws: { below?: number; coin?: boolean; normals?: number[] }[];
}

const courses = JSON.parse(readFileSync(new URL('../oracles/sfo/courses.json', import.meta.url), 'utf8')) as Record<
  string,
  Course
>;

const sequence = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_one, i) => make(i));
/** Of minibatch i of so many. */
const partOf = <T>(all: readonly T[], i: number, parts: number): T[] => all.filter((_one, e) => e % parts === i);

function logistic(parts: number): LookAt<Look> {
  const x = sequence(120, (e) => sequence(40, (j) => Math.sin(1.7 * e + 2.3 * j + 0.61 * e * j)));
  const y = sequence(120, (e) => (Math.sin(12.9898 * e) > 0 ? 1 : -1));
  return (theta, i) => {
    const [xs, ys] = [partOf(x, i, parts), partOf(y, i, parts)];
    const gradient = theta.map((value) => 0.02 * value);
    let loss = 0.01 * theta.reduce((sum, value) => sum + value * value, 0);
    xs.forEach((row, e) => {
      const margin = ys[e]! * row.reduce((sum, value, j) => sum + value * theta[j]!, 0);
      loss += Math.log1p(Math.exp(-margin)) / xs.length;
      const share = -ys[e]! / (1 + Math.exp(margin)) / xs.length;
      for (let j = 0; j < row.length; j++) gradient[j]! += share * row[j]!;
    });
    return { loss, gradient };
  };
}

function tanhNet(parts: number): LookAt<Look> {
  const [inputs, hidden] = [3, 8];
  const x = sequence(60, (e) => sequence(inputs, (j) => Math.sin(3.1 * e + 1.3 * j + 0.37 * e * j)));
  const y = x.map((row) => Math.sin(3 * row[0]!) * Math.cos(2 * row[1]!));
  return (theta, i) => {
    const [xs, ys] = [partOf(x, i, parts), partOf(y, i, parts)];
    const [bias, out] = [inputs * hidden, inputs * hidden + hidden];
    const gradient = new Float64Array(theta.length);
    let loss = 0;
    xs.forEach((row, e) => {
      const h = sequence(hidden, (k) =>
        Math.tanh(row.reduce((sum, value, j) => sum + value * theta[j * hidden + k]!, theta[bias + k]!)),
      );
      const error = h.reduce((sum, value, k) => sum + value * theta[out + k]!, -ys[e]!);
      loss += error ** 2 / xs.length;
      h.forEach((value, k) => {
        const scale = (2 * error) / xs.length;
        const back = scale * theta[out + k]! * (1 - value ** 2);
        gradient[out + k]! += scale * value;
        gradient[bias + k]! += back;
        for (let j = 0; j < inputs; j++) gradient[j * hidden + k]! += back * row[j]!;
      });
    });
    return { loss, gradient };
  };
}

function rosenbrock(parts: number): LookAt<Look> {
  return (x, i) => {
    const gradient = Float64Array.from(x, (_value, j) => Math.cos((2 * Math.PI * i) / parts + j));
    let loss = gradient.reduce((sum, tilt, j) => sum + tilt * x[j]!, 0);
    for (let j = 0; j < 3; j++) {
      const [a, b] = [x[j + 1]! - x[j]! ** 2, 1 - x[j]!];
      loss += 100 * a * a + b * b;
      gradient[j]! += -400 * a * x[j]! - 2 * b;
      gradient[j + 1]! += 200 * a;
    }
    return { loss, gradient };
  };
}

const problems = { logistic, 'tanh net': tanhNet, rosenbrock };

/** The options by their names here. */
const names: Readonly<Record<string, string>> = {
  max_history_terms: 'history',
  hessian_init: 'initialCurvature',
  init_subf: 'initialMinibatches',
  max_gradient_noise: 'gradientNoise',
  max_step_length_ratio: 'longestStep',
  subfunction_selection: 'selection',
};

function optionsOf({ parts, options }: Course): SfoOptions {
  const own = Object.entries(options).map(([name, value]) => [
    names[name]!,
    value === 'single distance' ? 'own-distance' : value,
  ]);
  return parse(update, { rule: 'sfo', minibatches: parts, ...Object.fromEntries(own) }) as SfoOptions;
}

/** The draws that were made, in their order. */
function replayed(draws: Course['draws']): Draws {
  const left = [...draws];
  const next = <K extends 'below' | 'coin' | 'normals'>(kind: K) => {
    const drawn = left.shift()?.[kind];
    assert.ok(drawn !== undefined, `a ${kind} is drawn where the authors' program drew something else`);
    return drawn as NonNullable<Course['draws'][number][K]>;
  };
  return {
    below(bound) {
      const drawn = next('below');
      assert.ok(drawn < bound);
      return drawn;
    },
    coin: () => next('coin'),
    normals(count) {
      const drawn = next('normals');
      assert.equal(drawn.length, count);
      return Float64Array.from(drawn);
    },
  };
}

for (const [name, course] of Object.entries(courses))
  test(`sfo goes the course of its authors' program: ${name}`, () => {
    const options = optionsOf(course);
    const draws = replayed(course.draws);
    const look = problems[name.split(',')[0] as keyof typeof problems](course.parts);
    const memory = freshMemory(course.start, options, course.parts, () => draws);
    course.steps.forEach(({ looked, at }, step) => {
      const ours: number[] = [];
      const lookAt: LookAt<Look> = (x, i) => {
        ours.push(i);
        return look(x, i);
      };
      sfoStep(lookAt, memory, options, draws, 1);
      assert.deepEqual(ours, looked, `looks of step ${step + 1}`);
      at.forEach((value, j) => {
        const error = Math.abs(memory.weights[j]! - value) / Math.max(1, Math.abs(value));
        assert.ok(error < 1e-6, `step ${step + 1}, parameter ${j}: ${memory.weights[j]} is not ${value}`);
      });
    });
  });
