/** Batch normalisation as it trains, against TF.js's own: outputs, moving averages and gradients, of pictures, sequences and vectors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { layers, Tensor } from '@tensorflow/tfjs';
import { takeOverNormalization } from '../../services/engine/model/batch-normalization.ts';
import { tf } from '../../services/engine/tensorflow.ts';

const EPSILON = 1e-3;

interface Trained {
  readonly y: Float32Array;
  readonly moving: readonly Float32Array[];
  /** Of x, γ and β. */
  readonly gradients: readonly Float32Array[];
}

/** One call in training, of a layer whose γ, β and moving averages are nothing special. */
function trained(shape: readonly number[], own: boolean, mean: number): Trained {
  const channels = shape.at(-1)!;
  const layer = tf.layers.batchNormalization({ epsilon: EPSILON, momentum: 0.9 }) as layers.Layer;
  layer.build([null, ...shape.slice(1)]);
  layer.setWeights([1.5, -0.5, 0.25, 2].map((at, i) => tf.randomUniform([channels], at, at + 1, 'float32', 7 + i)));
  if (own) takeOverNormalization(layer);
  const x = tf.randomNormal([...shape], mean, 2, 'float32', 3);
  const weighting = tf.randomNormal([...shape], 0, 1, 'float32', 5);
  const [gamma, beta, ...moving] = layer.weights.map((weight) => (weight as unknown as { val: Tensor }).val);
  let y: Tensor | undefined;
  const { grads } = tf.engine().gradients(
    () => {
      y = tf.keep(layer.call(x, { training: true }) as Tensor);
      return tf.sum(tf.mul(y, weighting));
    },
    [x, gamma!, beta!],
    undefined as never,
    true,
  );
  const values = (tensor: Tensor) => tensor.dataSync() as Float32Array;
  return { y: values(y!), moving: moving.map(values), gradients: (grads as Tensor[]).map(values) };
}

function near(actual: Float32Array, expected: Float32Array, what: string): void {
  const scale = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / expected.length);
  actual.forEach((value, i) => {
    const off = Math.abs(value - expected[i]!);
    assert.ok(off <= 2e-5 * Math.max(scale, 1e-3), `${what}[${i}]: ${value}, TF.js has ${expected[i]}`);
  });
}

for (const [what, shape] of Object.entries({
  pictures: [4, 5, 6, 3],
  'a sequence': [6, 7, 5],
  vectors: [16, 9],
}))
  for (const mean of [0, 20])
    test(`${what} with a mean of ${mean}`, () => {
      const [own, theirs] = [trained(shape, true, mean), trained(shape, false, mean)];
      near(own.y, theirs.y, 'y');
      ['moving mean', 'moving variance'].forEach((name, i) => {
        near(own.moving[i]!, theirs.moving[i]!, name);
      });
      ['dx', 'dγ', 'dβ'].forEach((name, i) => {
        near(own.gradients[i]!, theirs.gradients[i]!, name);
      });
    });

test('an evaluation is left as it is, and so are other layers', () => {
  const layer = tf.layers.batchNormalization({ epsilon: EPSILON }) as layers.Layer;
  layer.build([null, 3]);
  const x = tf.tensor2d([[1, 2, 3]]);
  const before = (layer.call(x, {}) as Tensor).dataSync();
  takeOverNormalization(layer);
  assert.deepEqual((layer.call(x, {}) as Tensor).dataSync(), before);
  const dense = tf.layers.dense({ units: 2 });
  const { call } = dense;
  takeOverNormalization(dense);
  assert.equal(dense.call, call);
});
