/** Oracle: what is measured inside the net, recomputed on the host from weights and outputs, on every plan; unobserved, a run has the same bits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HISTOGRAM_BINS, type TrainSpecInput } from '@anneal/schemas';
import { observationLayout } from '../../services/engine/observe/layout.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import type { Observation, Plan } from '../../services/engine/plan/plan.ts';
import { initialState, stateVariables, type Task } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const data = blobs({ rows: 300, shape: [6], classes: 4 });
const layers: TrainSpecInput['model']['layers'] = [dense(12, 'relu'), dense(8, 'tanh'), dense(4)];
const RATE = 0.1;

interface Seen {
  readonly named: Map<string, number>[];
  readonly steps: number[];
  readonly histograms: Map<string, number[]>[];
  /** Weights before every step. */
  readonly states: Map<string, Float32Array>[];
  readonly inputs: number[][][];
}

/** Three epochs of 4 steps; the first layer's kernel has one dead unit. */
function run(make: (task: Task) => Plan, everySteps: number): Seen {
  const spec = smallSpec({ model: { layers }, update: { rule: 'sgd' }, batchSize: 60, observations: { everySteps } });
  const { task, order } = smallTask(spec, data);
  const layout = observationLayout(spec, task.built);
  const plan = make({ ...task, observed: layout });
  const start = new Map(initialState(task));
  const kernel = start.get('dense_0/kernel')!.slice();
  for (let i = 0; i < 6; i++) kernel[i * 12] = 0;
  start.set('dense_0/kernel', kernel);
  plan.set(start);
  const names = stateVariables(task).map(({ name }) => name);
  const [states, inputs, found]: [Seen['states'], number[][][], Observation[]] = [[], [], []];
  for (let step = 0; step < 12; ) {
    const { rows, batch, steps } = order.take(step, make === xlaPlan ? 4 : 1);
    states.push(new Map(plan.get(names)));
    inputs.push([...rows].map((row) => [...data.inputs.values.subarray(row * 6, row * 6 + 6)]));
    const rates = new Float32Array(steps).fill(RATE);
    found.push(...plan.train({ rows, batch, rates, firstStep: step + 1 }).observations);
    step += steps;
  }
  states.push(new Map(plan.get(names)));
  plan.dispose();
  task.built.dispose();
  const scalars = layout?.scalars ?? [];
  return {
    steps: found.map(({ step }) => step),
    named: found.map(({ values }) => new Map(scalars.map((name, i) => [name, values[i]!]))),
    histograms: found.map(({ values }) => {
      const at = (i: number) => scalars.length + i * (HISTOGRAM_BINS + 2);
      return new Map(layout!.tensors.map((name, i) => [name, [...values.subarray(at(i), at(i + 1))]]));
    }),
    states,
    inputs,
  };
}

const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

function near(actual: number | undefined, expected: number, what: string): void {
  assert.ok(
    Math.abs(actual! - expected) <= 2e-5 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual} is not ${expected}`,
  );
}

for (const make of [graphPlan, eagerPlan]) {
  test(`${make.name}: norms, ratios, spreads and shares are those of the step`, () => {
    const { steps, named, states, inputs, histograms } = run(make, 5);
    assert.deepEqual(steps, [5, 10]);
    steps.forEach((step, k) => {
      const [before, after] = [states[step - 1]!, states[step]!];
      for (const name of ['dense_0/kernel', 'dense_2/bias']) {
        const change = after.get(name)!.map((value, i) => value - before.get(name)![i]!);
        near(named[k]!.get(`weightNorm/${name}`), norm(before.get(name)!), 'weightNorm');
        near(named[k]!.get(`updateNorm/${name}`), norm(change), 'updateNorm');
        near(named[k]!.get(`gradientNorm/${name}`), norm(change) / RATE, 'gradientNorm');
        near(named[k]!.get(`updateRatio/${name}`), norm(change) / norm(before.get(name)!), 'updateRatio');
      }
      const outputs = tf.tidy(() => {
        const weight = (name: string, shape: number[]) => tf.tensor(before.get(name)!, shape);
        const x = tf.tensor2d(inputs[step - 1]!);
        const first = tf.relu(
          tf.add(tf.matMul(x, weight('dense_0/kernel', [6, 12]) as never), weight('dense_0/bias', [12])),
        );
        const second = tf.tanh(
          tf.add(tf.matMul(first as never, weight('dense_1/kernel', [12, 8]) as never), weight('dense_1/bias', [8])),
        );
        return [first.dataSync(), second.dataSync()].map((values) => [...values]);
      });
      const [relu, tanh] = outputs as [number[], number[]];
      const mean = relu.reduce((a, b) => a + b, 0) / relu.length;
      const variance = relu.reduce((sum, x) => sum + (x - mean) ** 2, 0) / relu.length;
      near(named[k]!.get('activationMean/dense_0'), mean, 'mean');
      near(named[k]!.get('activationDeviation/dense_0'), Math.sqrt(variance), 'deviation');
      const dead = Array.from({ length: 12 }, (_v, unit) => relu.every((x, i) => i % 12 !== unit || x === 0));
      assert.ok(dead[0]);
      near(named[k]!.get('deadShare/dense_0'), dead.filter(Boolean).length / 12, 'dead share');
      near(
        named[k]!.get('saturatedShare/dense_1'),
        tanh.filter((x) => Math.abs(x) > 0.98).length / tanh.length,
        'saturated',
      );
      assert.ok(!named[k]!.has('saturatedShare/dense_0'));
      const [low, high, ...counts] = histograms[k]!.get('activation/dense_0')!;
      near(low, Math.min(...relu), 'low');
      near(high, Math.max(...relu), 'high');
      const bars = new Array<number>(HISTOGRAM_BINS).fill(0);
      for (const x of relu)
        bars[Math.min(HISTOGRAM_BINS - 1, Math.floor(((x - low!) / (high! - low!)) * HISTOGRAM_BINS))]! += 1;
      // A value at the border of two bars may fall to either.
      assert.ok(bars.reduce((sum, count, i) => sum + Math.abs(count - counts[i]!), 0) <= 4);
      assert.equal(
        counts.reduce((a, b) => a + b, 0),
        relu.length,
      );
    });
  });
}

test('XLA measures the same, in the middle of a call', () => {
  const [graph, xla] = [run(graphPlan, 3), run(xlaPlan, 3)];
  assert.deepEqual(xla.steps, [3, 6, 9, 12]);
  graph.named.forEach((named, k) => {
    for (const [name, value] of named) near(xla.named[k]!.get(name), value, `${name} of step ${graph.steps[k]}`);
  });
});

for (const make of [graphPlan, xlaPlan]) {
  test(`${make.name}: observing changes no bit of the weights`, () => {
    assert.deepEqual(run(make, 3).states.at(-1), run(make, 0).states.at(-1));
  });
}

for (const last of ['maxout', 'hierarchical-softmax'] as const)
  test(`a net that is nothing but a ${last} is observed too`, () => {
    const spec = smallSpec({ model: { layers: [{ type: last, units: 4 }] }, observations: { everySteps: 1 } });
    const { task, order } = smallTask(spec, data);
    const layout = observationLayout(spec, task.built)!;
    const plan = graphPlan({ ...task, observed: layout });
    plan.set(initialState(task));
    const { rows, batch } = order.take(0, 1);
    const { observations } = plan.train({ rows, batch, rates: Float32Array.of(RATE), firstStep: 1 });
    assert.equal(layout.layers.length, 1);
    assert.equal(observations[0]!.values.length, layout.length);
    plan.dispose();
    task.built.dispose();
  });
