/** Oracle: hierarchical softmax is PyTorch's sum along the path, with all nodes and with those of the label alone; it trains the same on every plan. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inferModel, model, parse, type TrainSpecInput } from '@anneal/schemas';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { loadData } from '../../services/engine/data/load.ts';
import { buildModel, outputsOf } from '../../services/engine/model/build.ts';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { initialState } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { batchLoss, perExampleLoss } from '../../services/engine/step/loss.ts';
import { scoped, tf } from '../../services/engine/tensorflow.ts';
import { run } from './loop-run.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

interface Case {
  readonly classes: number;
  readonly inputs: number[][];
  readonly kernel: number[][];
  readonly bias: number[];
  readonly labels: number[];
  readonly logProbabilities: number[][];
  readonly loss: number;
  readonly gradients: { inputs: number[][]; kernel: number[][]; bias: number[] };
}

const cases = JSON.parse(
  readFileSync(new URL('../oracles/hierarchical-softmax/pytorch.json', import.meta.url), 'utf8'),
) as Case[];

const tree = (units: number) => ({ type: 'hierarchical-softmax' as const, units });

function near(actual: Tensor, expected: number[] | number[][], what: string): void {
  const flat = expected.flat();
  const values = actual.dataSync();
  assert.equal(values.length, flat.length, what);
  flat.forEach((value, i) => {
    const scale = Math.max(1, Math.abs(value));
    assert.ok(Math.abs(values[i]! - value) <= 2e-6 * scale, `${what}[${i}]: ${values[i]} is not ${value}`);
  });
}

for (const { classes, gradients, ...expected } of cases)
  test(`log-probabilities, loss and gradients of ${classes} classes are PyTorch's`, () => {
    const built = buildModel(inferModel(parse(model, { layers: [tree(classes)] }), [4]), 1);
    const spec = smallSpec({ model: { layers: [tree(classes)] } });
    const [kernel, bias] = built.weights.map(({ variable }) => variable);
    scoped(() => {
      kernel!.assign(tf.tensor(expected.kernel));
      bias!.assign(tf.tensor(expected.bias));
      const [x, labels] = [tf.tensor(expected.inputs), tf.tensor1d(expected.labels, 'int32')];
      near(outputsOf(built, x, false)[0]!, expected.logProbabilities, 'log p');
      const ways: Record<string, (inputs: Tensor) => Tensor> = {
        'along the paths': (inputs) => batchLoss(spec, built, { inputs, mixed: null }, labels).data,
        'with all nodes': (inputs) => tf.mean(perExampleLoss(spec, outputsOf(built, inputs, true)[0]!, labels)),
      };
      for (const [way, loss] of Object.entries(ways)) {
        const { value, grads } = tf.variableGrads(() => loss(x) as Scalar, [kernel!, bias!]);
        near(value, [expected.loss], `${way}: loss`);
        near(grads[kernel!.name]!, gradients.kernel, `${way}: gradient of the kernel`);
        near(grads[bias!.name]!, gradients.bias, `${way}: gradient of the bias`);
        near(tf.grad(loss)(x), gradients.inputs, `${way}: gradient of the inputs`);
      }
    });
    built.dispose();
  });

const data = blobs({ rows: 200, shape: [6], classes: 5 });

/** Losses of three steps, and the loss of the validation split after them. */
function losses(make: typeof graphPlan, overrides: Partial<TrainSpecInput>): number[] {
  const { task, order } = smallTask(smallSpec({ model: { layers: [dense(8, 'tanh'), tree(5)] }, ...overrides }), data);
  const plan = make(task);
  plan.set(initialState(task));
  const found = [0, 1, 2].flatMap((step) => {
    const { rows, batch } = order.take(step, 1);
    return [...plan.train({ rows, batch, rates: Float32Array.of(0.5), firstStep: step + 1 }).loss];
  });
  const { loss } = plan.evaluate(data.splits.validation);
  plan.dispose();
  task.built.dispose();
  return [...found, loss];
}

function assertNear(actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, i) => void assert.ok(Math.abs(actual[i]! - value) < 1e-5, `${actual} and ${expected}`));
}

const softmax = { type: 'softmax-cross-entropy' as const };
for (const loss of [softmax, { ...softmax, labelSmoothing: 0.1 }, { ...softmax, classWeights: [1, 2, 0.5, 1, 3] }])
  test(`every plan takes the same steps: ${JSON.stringify(loss)}`, () => {
    const eager = losses(eagerPlan, { loss });
    assertNear(losses(graphPlan, { loss }), eager);
    assertNear(losses(xlaPlan, { loss }), eager);
    assert.ok(eager.at(-1)! < eager[0]!);
  });

test('class weights count along the paths as they do with all nodes', () => {
  const classWeights = [1, 2, 0.5, 1, 3];
  const all = losses(graphPlan, { loss: { ...softmax, classWeights, labelSmoothing: 1e-9 } });
  assertNear(losses(graphPlan, { loss: { ...softmax, classWeights } }), all);
});

test('members of an ensemble have trees of their own, the first as if it were alone', () => {
  const alone = run({ model: { layers: [dense(8, 'tanh'), tree(4)] } }).result!;
  const two = run({ model: { layers: [dense(8, 'tanh'), tree(4)] }, ensemble: { members: 2 } }).result!;
  for (const [name, values] of alone.weights)
    two.weights.get(`member_00_${name}`)!.forEach((value, i) => {
      assert.ok(Math.abs(value - values[i]!) < 1e-5, `${name}[${i}]`);
    });
});

test('a net learns digits', async () => {
  const spec = smallSpec({ data: { type: 'digits', split: { validation: 0.1, test: 0.1 } } });
  const digits = await loadData(spec.data, { seed: 1, dataFolder: '/', log: () => {} });
  const layers = [{ type: 'flatten' as const }, dense(32, 'tanh'), tree(10)];
  const update = { rule: 'adam' as const };
  const schedule = { type: 'constant' as const, rate: 0.01 };
  const { result, error } = run({ model: { layers }, update, schedule, budget: { epochs: 15 } }, { data: digits });
  assert.ifError(error);
  assert.ok(result!.validation!.score > 0.94, `${result!.validation!.score}`);
});
