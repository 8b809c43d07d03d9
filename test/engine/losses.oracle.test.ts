/** Oracle: every loss and its gradient are PyTorch's; traced, they are what they are eagerly. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Loss, loss, lossDefinition, lossDefinitions, parse, validateSpec } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { eagerPlan } from '../../services/engine/plan/eager-plan.ts';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { initialState } from '../../services/engine/plan/task.ts';
import { xlaPlan } from '../../services/engine/plan/xla-plan.ts';
import { perExampleLoss } from '../../services/engine/step/loss.ts';
import { tf } from '../../services/engine/tensorflow.ts';
import { blobs, dense, smallSpec, smallTask } from './small-task.ts';

const oracle = JSON.parse(readFileSync(new URL('../oracles/losses/pytorch.json', import.meta.url), 'utf8')) as {
  outputs: number[][];
  losses: { loss: unknown; labels: number[] | number[][]; values: number[]; gradient: number[][] }[];
};

function near(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expected.forEach((value, i) => {
    const scale = Math.max(1, Math.abs(value));
    assert.ok(Math.abs(actual[i]! - value) <= 2e-6 * scale, `${what}[${i}]: ${actual[i]} is not ${value}`);
  });
}

const classes = blobs({ rows: 200, shape: [5], classes: 4 });
const values = {
  ...classes,
  labels: {
    kind: 'values' as const,
    shape: [4],
    values: Float32Array.from({ length: 800 }, (_value, i) => ((i * 7) % 11) / 44),
  },
};

for (const { loss: given, labels, values: expected, gradient } of oracle.losses) {
  const spec = { loss: parse(loss, given) as Loss };
  const ofClasses = lossDefinition(spec.loss.type).target === 'class';

  test(`${JSON.stringify(given)} is PyTorch's, and so is its gradient`, () => {
    tf.tidy(() => {
      const target = ofClasses ? tf.tensor1d(labels as number[], 'int32') : tf.tensor2d(labels as number[][]);
      const perExample = (z: Tensor) => perExampleLoss(spec, z, target);
      const z = tf.tensor2d(oracle.outputs);
      near(perExample(z).dataSync(), expected, 'loss');
      near(
        tf
          .grad((x) => tf.mean(perExample(x)))(z)
          .dataSync(),
        gradient.flat(),
        'gradient',
      );
    });
  });

  test(`${JSON.stringify(given)} trains the same on every plan`, () => {
    const losses = [eagerPlan, graphPlan, xlaPlan].map((make) => {
      const full = smallSpec({
        ...spec,
        model: { layers: [dense(4)] },
        update: { rule: 'sgd' },
        batchSize: 40,
      } as never);
      const { task, order } = smallTask(full, ofClasses ? classes : values);
      const plan = make(task);
      plan.set(initialState(task));
      const seen = [0, 1, 2].flatMap((step) => {
        const { rows, batch } = order.take(step, 1);
        return [...plan.train({ rows, batch, rates: Float32Array.of(0.1), firstStep: step + 1 }).loss];
      });
      plan.dispose();
      task.built.dispose();
      return seen;
    });
    near(losses[1]!, losses[0]!, 'graph');
    near(losses[2]!, losses[0]!, 'xla');
  });
}

test('every loss has an oracle', () => {
  const covered = new Set(oracle.losses.map((entry) => (entry.loss as Loss).type));
  assert.deepEqual(
    [...lossDefinitions.keys()].filter((type) => !covered.has(type as Loss['type'])),
    ['module'],
  );
});

test('values at chance are those of equal outputs', () => {
  tf.tidy(() => {
    for (const { loss: given } of oracle.losses) {
      const spec = { loss: parse(loss, given) as Loss };
      const definition = lossDefinition(spec.loss.type);
      const ofClasses = definition.target === 'class';
      const target = ofClasses ? { kind: 'class' as const, classes: 4 } : { kind: 'values' as const, shape: [4] };
      const chance = definition.atChance(target, spec.loss as never);
      if (chance === null) continue;
      const labels = ofClasses ? tf.tensor1d([0, 1, 2, 3], 'int32') : tf.tensor2d([[0, 1, 1, 0]]);
      const mean = tf.mean(perExampleLoss(spec, tf.zeros([labels.shape[0]!, 4]), labels)).dataSync();
      near(mean, [chance], JSON.stringify(given));
    }
  });
});

test('class weights of another number than the classes are refused', () => {
  const spec = {
    kind: 'train',
    data: { type: 'mnist' },
    model: { layers: [{ type: 'flatten' }, { type: 'dense', units: 10 }] },
    loss: { type: 'softmax-cross-entropy', classWeights: [1, 2, 3] },
    update: { rule: 'sgd' },
    schedule: { type: 'constant', rate: 0.1 },
    budget: { epochs: 1 },
  };
  assert.throws(
    () => validateSpec(spec, { memoryBytes: Number.POSITIVE_INFINITY }),
    /loss\.classWeights: got 3 weights, the data have 10 classes/,
  );
});
