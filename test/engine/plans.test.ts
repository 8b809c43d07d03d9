/** Oracle: graph (fused kernels), xla and eager take the same steps; the same seed gives the same bits; nothing leaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrainSpecInput } from '@anneal/schemas';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import type { Plan } from '../../services/engine/plan/plan.ts';
import { getState, initialState, setState, stateVariables, type Task } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { binding, tf } from '../../services/engine/tensorflow.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const data = blobs({ rows: 240, shape: [8, 8, 1], classes: 4, bytes: true });
const flat = { type: 'flatten' as const };

const models: Record<string, TrainSpecInput['model']['layers']> = {
  dense: [flat, dense(16, 'relu'), dense(4)],
  'batch-normalised convolution with both poolings': [
    { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' },
    { type: 'batch-normalization', momentum: 0.9 },
    { type: 'activation', function: 'relu' },
    { type: 'max-pooling2d' },
    { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'tanh' },
    { type: 'average-pooling2d' },
    flat,
    dense(4),
  ],
};

const pooled: TrainSpecInput['model']['layers'] = [
  { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
  { type: 'max-pooling2d' },
  { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' },
  { type: 'max-pooling2d', poolSize: 2, strides: 1 },
  { type: 'flatten' },
  dense(4),
];

const updates: TrainSpecInput['update'][] = [
  { rule: 'sgd' },
  { rule: 'momentum' },
  { rule: 'nesterov' },
  { rule: 'adagrad' },
  { rule: 'rmsprop' },
  { rule: 'rmsprop', centered: true, momentum: 0.5, epsilon: 1e-2 },
  { rule: 'adadelta' },
  { rule: 'adam' },
  { rule: 'adamw', weightDecay: 0.1 },
  { rule: 'amsgrad' },
  { rule: 'nadam' },
  { rule: 'lion' },
  { rule: 'adam', biasCorrection: false, epsilon: 0.1 },
];

/** Two epochs, remainder batches included. */
function train(plan: Plan, order: ReturnType<typeof smallTask>['order'], rate: number): number[] {
  const losses: number[] = [];
  for (let step = 0; step < 2 * order.stepsPerEpoch; ) {
    const { rows, batch, steps } = order.take(step, plan.stepsPerCall);
    const { loss, dataLoss } = plan.train({
      rows,
      batch,
      rates: new Float32Array(steps).fill(rate),
      firstStep: step + 1,
    });
    loss.forEach((value, i) => void losses.push(value, dataLoss[i]!));
    step += steps;
  }
  return losses;
}

function run(make: (task: Task) => Plan, overrides: Partial<TrainSpecInput>) {
  const spec = smallSpec({ batchSize: 40, ...overrides });
  const { task, order } = smallTask(spec, data);
  const plan = make(task);
  setState(plan, initialState(task));
  const losses = train(plan, order, spec.schedule.rate);
  const state = getState(
    plan,
    stateVariables(task).map(({ name }) => name),
  );
  const judged = plan.evaluate(data.splits.validation);
  plan.dispose();
  task.built.dispose();
  return { losses, state, judged };
}

function close(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number, what: string): void {
  for (let i = 0; i < a.length; i++) {
    const scale = Math.max(1, Math.abs(a[i]!), Math.abs(b[i]!));
    assert.ok(Math.abs(a[i]! - b[i]!) <= tolerance * scale, `${what}[${i}]: ${a[i]} and ${b[i]}`);
  }
}

for (const update of updates) {
  test(`all plans take the same steps by ${JSON.stringify(update)}`, () => {
    const overrides = {
      update,
      model: { layers: models.dense! },
      schedule: { type: 'constant' as const, rate: 0.01 },
      regularization: { l1: 1e-4, l2: 1e-3 },
    };
    const eager = run(eagerPlan, overrides);
    for (const make of [graphPlan, xlaPlan]) {
      const other = run(make, overrides);
      close(other.losses, eager.losses, 1e-5, `${make.name} losses`);
      for (const [name, values] of eager.state) close(other.state.get(name)!, values, 2e-4, `${make.name} ${name}`);
      close(
        [other.judged.loss, other.judged.score],
        [eager.judged.loss, eager.judged.score],
        1e-5,
        `${make.name} evaluation`,
      );
    }
  });
}

test('graph and eager agree on convolution, pooling and batch normalisation', () => {
  const overrides = {
    model: { layers: models['batch-normalised convolution with both poolings']! },
    update: { rule: 'momentum' as const },
  };
  const [graph, eager] = [run(graphPlan, overrides), run(eagerPlan, overrides)];
  close(graph.losses, eager.losses, 1e-4, 'losses');
  for (const [name, values] of eager.state) close(graph.state.get(name)!, values, 1e-3, name);
});

test('ReLU and max pooling, whose order the trace exchanges, have the gradient they had', () => {
  const overrides = {
    model: { layers: pooled },
    update: { rule: 'sgd' as const },
    schedule: { type: 'constant' as const, rate: 0.2 },
  };
  const [graph, eager] = [run(graphPlan, overrides), run(eagerPlan, overrides)];
  close(graph.losses, eager.losses, 1e-5, 'losses');
  for (const [name, values] of eager.state) close(graph.state.get(name)!, values, 2e-5, name);
});

for (const loss of [{ type: 'weston-watkins' as const }, { type: 'softmax-cross-entropy' as const }]) {
  test(`graph and eager agree on ${loss.type}`, () => {
    const overrides = { model: { layers: models.dense! }, loss };
    close(run(graphPlan, overrides).losses, run(eagerPlan, overrides).losses, 1e-5, 'losses');
  });
}

const dropout = { model: { layers: [flat, dense(16, 'relu'), { type: 'dropout' as const, rate: 0.5 }, dense(4)] } };

for (const make of [graphPlan, xlaPlan, eagerPlan]) {
  test(`${make.name}: the same seed gives the same bits, another seed others`, () => {
    const [a, b, other] = [run(make, dropout), run(make, dropout), run(make, { ...dropout, seed: 2 })];
    assert.deepEqual(a.losses, b.losses);
    for (const [name, values] of a.state) assert.deepEqual(b.state.get(name), values, name);
    assert.notDeepEqual(a.losses, other.losses);
  });
}

test('dropout draws another mask at every step, and the same one under graph and eager', () => {
  close(run(graphPlan, dropout).losses, run(eagerPlan, dropout).losses, 1e-5, 'losses');
});

test('plans leave no tensor and no program behind', () => {
  run(graphPlan, dropout);
  const before = [tf.memory().numTensors, binding.getNumOfTensors(), binding.getNumOfSavedModels()];
  for (const make of [graphPlan, xlaPlan, eagerPlan]) run(make, dropout);
  assert.deepEqual([tf.memory().numTensors, binding.getNumOfTensors(), binding.getNumOfSavedModels()], before);
});

for (const initializer of [
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'lecun-normal',
  'zeros',
] as const) {
  test(`${initializer} gives weights of the deviation it promises, the same for the same seed`, () => {
    const model = { layers: [flat, { ...dense(200), initializer }, dense(4)] };
    const kernel = () => smallTask(smallSpec({ model }), data).task.built.weights[0]!.initial;
    const weights = kernel();
    assert.deepEqual(kernel(), weights);
    const [fanIn, fanOut] = [64, 200];
    const variance = { glorot: 2 / (fanIn + fanOut), he: 2 / fanIn, lecun: 1 / fanIn, zeros: 0 }[
      initializer.split('-')[0]!
    ]!;
    const measured = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
    assert.ok(Math.abs(measured - variance) <= 0.25 * variance, `${measured} is not near ${variance}`);
  });
}
