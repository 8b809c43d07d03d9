/** Oracle: a module that computes what the engine has built in takes the same steps, under all plans; a resumed run is bit for bit the whole one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LoadedData, recordTask } from '@anneal/engine';
import type { TrainSpecInput } from '@anneal/schemas';
import { eagerPlan } from '../../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../../services/engine/plan/graph-plan.ts';
import type { Plan } from '../../../services/engine/plan/plan.ts';
import { initialState, setState, stateVariables, type Task } from '../../../services/engine/plan/task.ts';
import { xlaPlan } from '../../../services/engine/plan/xla-plan.ts';
import { tf } from '../../../services/engine/tensorflow.ts';
import { run as runLoop } from '../loop-run.ts';
import { blobs, dense, smallSpec, smallTask } from '../small-task.ts';
import { adam, byHand, crossEntropy, denseTanh, momentum, relu, squaredError } from './modules.ts';
import { confinedRecorder } from './recorder.ts';

await confinedRecorder();

const classes = blobs({ rows: 240, shape: [8], classes: 4 });
/** The rows' inputs again, as two numbers to learn. */
const numbers: LoadedData = {
  ...classes,
  labels: {
    kind: 'values',
    shape: [2],
    values: Float32Array.from({ length: 480 }, (_value, i) => Math.sin(i)),
  },
};

interface Run {
  readonly losses: number[];
  readonly state: ReadonlyMap<string, Float32Array>;
  readonly judged: { readonly loss: number; readonly score: number };
}

/** Two epochs of 192 examples, remainder batches of 32 included. */
function run(make: (task: Task) => Plan, overrides: Partial<TrainSpecInput>, data: LoadedData): Run {
  const spec = smallSpec({ batchSize: 40, schedule: { type: 'constant', rate: 0.02 }, ...overrides });
  const { task, order } = smallTask(spec, data);
  recordTask(task);
  const plan = make(task);
  setState(plan, initialState(task));
  const losses: number[] = [];
  for (let step = 0; step < 2 * order.stepsPerEpoch; ) {
    const { rows, batch, steps } = order.take(step, plan.stepsPerCall);
    const rates = new Float32Array(steps).fill(spec.schedule.rate);
    losses.push(...plan.train({ rows, batch, rates, firstStep: step + 1 }).loss);
    step += steps;
  }
  const state = plan.get(stateVariables(task).map(({ name }) => name));
  const judged = plan.evaluate(data.splits.training.subarray(0, 124));
  plan.dispose();
  task.built.dispose();
  return { losses, state, judged };
}

function farthest(a: Run, b: Run): number {
  const distance = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((most, value, i) => Math.max(most, Math.abs(value - y[i]!) / Math.max(1, Math.abs(value))), 0);
  const own = [...a.state.values()].map((values, i) => distance(values, [...b.state.values()][i]!));
  return Math.max(...own, distance(a.losses, b.losses), distance(Object.values(a.judged), Object.values(b.judged)));
}

const plans = { graph: graphPlan, xla: xlaPlan, eager: eagerPlan };
const module = (code: string, more = {}) => ({ type: 'module' as const, code, ...more });
const rule = (code: string, slots: string[]) => ({ rule: 'module' as const, code, slots });

const denseOf = (width: number, units: number) => ({
  ...module(denseTanh),
  output: [units],
  weights: {
    kernel: { shape: [width, units] },
    bias: { shape: [units], initializer: 'zeros' as const },
  },
});

interface Case {
  readonly own: Partial<TrainSpecInput>;
  readonly builtIn: Partial<TrainSpecInput>;
  readonly data?: LoadedData;
  readonly tolerance: number;
}

const cases: Readonly<Record<string, Case>> = {
  'softmax cross-entropy, in TypeScript': { own: { loss: module(crossEntropy) }, builtIn: {}, tolerance: 1e-6 },
  'softmax cross-entropy of class numbers, gradient by hand': {
    own: { loss: module(byHand, { fileName: 'by-hand.js', labels: 'index' }) },
    builtIn: {},
    tolerance: 1e-6,
  },
  'the same, accumulated over batches, with regularisation and clipping': {
    own: { loss: module(crossEntropy), accumulate: 2, regularization: { l2: 1e-3 }, clip: { globalNorm: 0.5 } },
    builtIn: { accumulate: 2, regularization: { l2: 1e-3 }, clip: { globalNorm: 0.5 } },
    tolerance: 1e-6,
  },
  'mean squared error with a custom gradient': {
    own: { loss: module(squaredError, { fileName: 'squared.js' }), model: { layers: [dense(16, 'tanh'), dense(2)] } },
    builtIn: { loss: { type: 'mean-squared-error' }, model: { layers: [dense(16, 'tanh'), dense(2)] } },
    data: numbers,
    tolerance: 1e-6,
  },
  'momentum, as anneal optimizers takes it': {
    own: { update: rule(momentum, ['velocity']) },
    builtIn: { update: { rule: 'momentum' } },
    tolerance: 1e-6,
  },
  'Adam, with decoupled weight decay, averages and a frozen layer': {
    own: {
      update: rule(adam, ['m', 'v']),
      weightDecay: { type: 'decoupled', strength: 0.1 },
      averaging: { decay: 0.9 },
      model: { layers: [{ ...dense(16, 'relu'), rateMultiplier: 0.5 }, { ...dense(8), frozen: true }, dense(4)] },
    },
    builtIn: {
      update: { rule: 'adam' },
      weightDecay: { type: 'decoupled', strength: 0.1 },
      averaging: { decay: 0.9 },
      model: { layers: [{ ...dense(16, 'relu'), rateMultiplier: 0.5 }, { ...dense(8), frozen: true }, dense(4)] },
    },
    tolerance: 2e-6,
  },
  'a dense layer with weights, between others, with L2': {
    own: { model: { layers: [dense(12, 'relu'), denseOf(12, 8), dense(4)] }, regularization: { l2: 1e-3 } },
    builtIn: { model: { layers: [dense(12, 'relu'), dense(8, 'tanh'), dense(4)] }, regularization: { l2: 1e-3 } },
    tolerance: 1e-6,
  },
  'a layer without weights and a dense one at the start, as members of an ensemble': {
    own: { model: { layers: [denseOf(8, 8), module(relu), dense(4)] }, ensemble: { members: 2 } },
    builtIn: {
      model: { layers: [dense(8, 'tanh'), { type: 'activation', function: 'relu' }, dense(4)] },
      ensemble: { members: 2 },
    },
    tolerance: 1e-6,
  },
  'loss and rule at once': {
    own: { loss: module(crossEntropy), update: rule(adam, ['m', 'v']) },
    builtIn: { update: { rule: 'adam' } },
    tolerance: 2e-6,
  },
};

for (const [name, { own, builtIn, data = classes, tolerance }] of Object.entries(cases))
  test(`takes the same steps as what is built in: ${name}`, () => {
    for (const [plan, make] of Object.entries(plans)) {
      const error = farthest(run(make, own, data), run(make, builtIn, data));
      assert.ok(error <= tolerance, `${plan}: ${error.toExponential(1)}`);
    }
  });

test('evaluation takes every example once: batches of 100, and the rest', () => {
  const { judged } = run(graphPlan, { loss: module(crossEntropy) }, classes);
  const { judged: builtIn } = run(graphPlan, {}, classes);
  assert.ok(Math.abs(judged.loss - builtIn.loss) < 1e-6 && judged.score === builtIn.score);
});

test('a resumed run is bit for bit the whole one', () => {
  const own = { loss: module(crossEntropy), update: rule(adam, ['m', 'v']), budget: { epochs: 3 } };
  const whole = runLoop(own);
  const first = runLoop(own, { stop: { after: 1, why: 'pause' } });
  const names = [...first.files.keys()].filter((name) => name.startsWith('checkpoints/'));
  const name = names.at(-1)!.split('/').slice(0, 2).join('/');
  const files = new Map(
    [...first.files].flatMap(([file, bytes]) =>
      file.startsWith(`${name}/`) ? [[file.slice(name.length + 1), bytes]] : [],
    ),
  );
  const second = runLoop(own, { resume: { name, files } });
  assert.equal(whole.error, null);
  assert.equal(first.result!.stopped, 'pause');
  assert.ok(first.result!.steps < whole.result!.steps && first.result!.steps > 0);
  assert.deepEqual([...second.result!.weights], [...whole.result!.weights]);
  assert.equal(second.result!.steps, whole.result!.steps);
});

test('no tensor is left behind', () => {
  const before = tf.memory().numTensors;
  run(eagerPlan, { loss: module(crossEntropy), update: rule(adam, ['m', 'v']) }, classes);
  run(graphPlan, { loss: module(crossEntropy), update: rule(adam, ['m', 'v']) }, classes);
  assert.equal(tf.memory().numTensors, before);
});
