/** Oracle: what surrounds an update rule (clipping, decay, averaging, accumulation, annealed momentum), by closed forms in float64, on every plan. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { averageDecay, type TrainSpecInput } from '@anneal/schemas';
import { Annealing } from '../../services/engine/loop/annealing.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import type { Plan } from '../../services/engine/plan/plan.ts';
import { initialState, stateVariables, type Task } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const data = blobs({ rows: 250, shape: [6], classes: 3 });
const plans = [graphPlan, xlaPlan, eagerPlan];

/** State after every step of two epochs, remainder included. */
function states(make: (task: Task) => Plan, overrides: Partial<TrainSpecInput>, steps = 6): Map<string, number[]>[] {
  const spec = smallSpec({
    model: { layers: [dense(3)] },
    batchSize: 64,
    schedule: { type: 'constant', rate: 0.5 },
    update: { rule: 'sgd' },
    ...overrides,
  });
  const { task, order } = smallTask(spec, data);
  const annealing = new Annealing(spec, order.stepsPerEpoch);
  const plan = make(task);
  plan.set(initialState(task));
  const names = stateVariables(task).map(({ name }) => name);
  const read = () => new Map([...plan.get(names)].map(([name, values]) => [name, [...values]]));
  const seen = [read()];
  for (let step = 0; step < steps; step++) {
    const { rows, batch } = order.take(step, 1);
    plan.train({ rows, batch, ...annealing.of(step, 1), firstStep: step + 1 });
    seen.push(read());
  }
  plan.dispose();
  task.built.dispose();
  return seen;
}

const KERNEL = 'dense_0/kernel';
const BIAS = 'dense_0/bias';

function close(actual: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) <= tolerance, `${what}[${i}]: ${value} is not ${expected[i]}`);
  });
}

const change = (seen: Map<string, number[]>[], name: string, step: number): number[] =>
  seen[step + 1]!.get(name)!.map((value, i) => value - seen[step]!.get(name)![i]!);
const norm = (...parts: number[][]): number => Math.hypot(...parts.flat());

for (const make of plans) {
  const plain = () => states(make, {}, 1);

  test(`${make.name}: clipping by value, norm and global norm`, () => {
    const free = plain();
    const [kernel, bias] = [change(free, KERNEL, 0), change(free, BIAS, 0)];
    // With sgd the change is −αg, so clipping g at c clips the change at αc.
    const largest = Math.max(...kernel.map(Math.abs));
    const value = largest / 0.5 / 3;
    const clamped = states(make, { clip: { value } }, 1);
    const clamp = (x: number) => Math.min(Math.max(x, -0.5 * value), 0.5 * value);
    close(change(clamped, KERNEL, 0), kernel.map(clamp), 1e-6, 'value');

    const limit = norm(kernel) / 0.5 / 4;
    const byNorm = states(make, { clip: { norm: limit } }, 1);
    close(
      change(byNorm, KERNEL, 0),
      kernel.map((x) => x / 4),
      1e-6,
      'norm',
    );
    const own = Math.min(1, (0.5 * limit) / norm(bias));
    close(
      change(byNorm, BIAS, 0),
      bias.map((x) => x * own),
      1e-6,
      'norm of the bias, by itself',
    );

    const all = norm(kernel, bias) / 0.5 / 5;
    const byGlobal = states(make, { clip: { globalNorm: all } }, 1);
    close(
      change(byGlobal, KERNEL, 0),
      kernel.map((x) => x / 5),
      1e-6,
      'global norm',
    );
    close(
      change(byGlobal, BIAS, 0),
      bias.map((x) => x / 5),
      1e-6,
      'global norm of the bias',
    );
    const unclipped = states(make, { clip: { globalNorm: all * 100 } }, 1);
    close(change(unclipped, KERNEL, 0), kernel, 1e-7, 'a gradient below the limit');
  });

  test(`${make.name}: weight decay, decoupled and coupled`, () => {
    const free = plain();
    const start = free[0]!.get(KERNEL)!;
    const shrunk = start.map((w, i) => free[1]!.get(KERNEL)![i]! - 0.5 * 0.1 * w);
    for (const type of ['decoupled', 'coupled'] as const) {
      const seen = states(make, { weightDecay: { strength: 0.1, type } }, 1);
      close(seen[1]!.get(KERNEL)!, shrunk, 1e-6, type);
      close(seen[1]!.get(BIAS)!, free[1]!.get(BIAS)!, 1e-7, `${type}: biases don't decay`);
    }
    // With Adam the two differ: only the decoupled one is Adam's step beside −αλw.
    const adam = { update: { rule: 'adam' as const }, schedule: { type: 'constant' as const, rate: 0.01 } };
    const [without, decoupled, coupled] = [
      states(make, adam, 1),
      states(make, { ...adam, weightDecay: { strength: 0.1 } }, 1),
      states(make, { ...adam, weightDecay: { strength: 0.1, type: 'coupled' } }, 1),
    ];
    close(
      decoupled[1]!.get(KERNEL)!,
      start.map((w, i) => without[1]!.get(KERNEL)![i]! - 0.01 * 0.1 * w),
      1e-6,
      'AdamW',
    );
    assert.notDeepEqual(coupled[1]!.get(KERNEL), decoupled[1]!.get(KERNEL));
  });

  for (const warmUp of [true, false]) {
    test(`${make.name}: the running average of the parameters ${warmUp ? 'with' : 'without'} warm-up`, () => {
      const averaging = { decay: 0.4, warmUp };
      const seen = states(make, { averaging });
      close(
        seen.at(-1)!.get(KERNEL)!,
        states(make, {}).at(-1)!.get(KERNEL)!,
        1e-7,
        'training goes on from the raw ones',
      );
      for (const name of [KERNEL, BIAS]) {
        let expected = seen[0]!.get(name)!;
        for (let step = 1; step < seen.length; step++) {
          const d = averageDecay(averaging, step);
          expected = expected.map((average, i) => d * average + (1 - d) * seen[step]!.get(name)![i]!);
          close(seen[step]!.get(`${name}/average`)!, expected, 1e-6, `${name} after step ${step}`);
        }
      }
    });
  }

  test(`${make.name}: accumulated gradients take the step of one large batch`, () => {
    const large = states(make, { batchSize: 60, update: { rule: 'momentum' } });
    const small = states(make, { batchSize: 20, accumulate: 3, update: { rule: 'momentum' } });
    large.forEach((state, step) => {
      close(small[step]!.get(KERNEL)!, state.get(KERNEL)!, 1e-5, `after step ${step}`);
    });
  });

  test(`${make.name}: the momentum is annealed`, () => {
    const momentumSchedule = { type: '1/t' as const, rate: 0.9, decay: 0.5, unit: 'steps' as const };
    const spec = smallSpec({ model: { layers: [dense(3)] }, batchSize: 64, momentumSchedule });
    const { task, order } = smallTask(spec, data);
    const plan = make(task);
    plan.set(initialState(task));
    const names = stateVariables(task).map(({ name }) => name);
    const take = (momentum: number, step: number) => {
      const { rows, batch } = order.take(step, 1);
      plan.train({ rows, batch, rates: Float32Array.of(0.5), momenta: Float32Array.of(momentum), firstStep: step + 1 });
      return plan.get(names);
    };
    const annealing = new Annealing(spec, order.stepsPerEpoch);
    for (let step = 0; step < 5; step++) {
      const before = plan.get(names);
      const [w, v] = [before.get(KERNEL)!, before.get(`${KERNEL}/velocity`)!];
      // Without momentum the step is −αg.
      const pull = take(0, step)
        .get(KERNEL)!
        .map((value, i) => value - w[i]!);
      plan.set(before);
      const mu = 0.9 / (1 + 0.5 * step);
      assert.ok(Math.abs(annealing.of(step, 1).momenta![0]! - mu) < 1e-7);
      const after = take(mu, step);
      close(
        [...after.get(KERNEL)!],
        [...w].map((value, i) => value + mu * v[i]! + pull[i]!),
        1e-6,
        `step ${step}`,
      );
    }
    plan.dispose();
    task.built.dispose();
  });
}

test('all of them together: the plans agree', () => {
  const net = (rate: number): TrainSpecInput['model'] => ({
    layers: [dense(8, 'tanh'), { type: 'batch-normalization' }, { type: 'dropout', rate }, dense(3)],
  });
  const overrides: Partial<TrainSpecInput> = {
    batchSize: 24,
    accumulate: 3,
    update: { rule: 'nesterov' },
    momentumSchedule: { type: '1/t', rate: 0.9, decay: 0.1, unit: 'steps' },
    clip: { globalNorm: 0.5 },
    weightDecay: { strength: 0.01 },
    averaging: { decay: 0.9 },
    schedule: { type: 'constant', rate: 0.1 },
  };
  const last = (make: (task: Task) => Plan, rate: number) => states(make, { ...overrides, model: net(rate) }).at(-1)!;
  const compare = (a: Map<string, number[]>, b: Map<string, number[]>) => {
    for (const [name, values] of a) close(b.get(name)!, values, 1e-4, name);
  };
  compare(last(eagerPlan, 0), last(xlaPlan, 0));
  // XLA draws other masks than TensorFlow's kernels do.
  compare(last(eagerPlan, 0.3), last(graphPlan, 0.3));
});
