/** Recurrent layers as the engine computes them are TF.js's own, in value and in gradient. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { layers, Tensor, Variable } from '@tensorflow/tfjs';
import { takeOverRecurrence } from '../../services/engine/model/recurrence/index.ts';
import { tf } from '../../services/engine/tensorflow.ts';

const [batch, steps, features, units] = [3, 5, 4, 6];
const x = tf.randomNormal([batch, steps, features], 0, 1, 'float32', 1);

const makers = {
  'simple-rnn': tf.layers.simpleRNN,
  lstm: tf.layers.lstm,
  gru: tf.layers.gru,
} as const;

/** The output, and the gradients of Σ sin(output) for the input and every weight. */
function computed(layer: layers.Layer): Float32Array[] {
  const weights = layer.weights.map((weight) => (weight as unknown as { val: Variable }).val);
  return tf.tidy(() => {
    const loss = (given: Tensor) => tf.sum(tf.sin(layer.apply(given) as Tensor)) as never;
    const { grads } = tf.variableGrads(() => loss(x), weights);
    const tensors = [layer.apply(x) as Tensor, tf.grad(loss)(x), ...weights.map(({ name }) => grads[name]!)];
    return tensors.map((tensor) => tensor.dataSync() as Float32Array);
  });
}

const random = (seed: number) => tf.initializers.randomNormal({ stddev: 0.5, seed });

for (const cell of Object.keys(makers) as (keyof typeof makers)[])
  for (const returnSequences of [false, true])
    for (const useBias of [true, false])
      for (const around of ['alone', 'backwards', 'bidirectional'] as const)
        test(`${cell}, ${returnSequences ? 'every step' : 'last step'}, ${useBias ? 'bias' : 'no bias'}, ${around}`, () => {
          const layer = makers[cell]({
            ...{ units, returnSequences, useBias, goBackwards: around === 'backwards' },
            ...{ kernelInitializer: random(2), recurrentInitializer: random(3), biasInitializer: random(4) },
            ...(cell !== 'simple-rnn' && { recurrentActivation: 'sigmoid' as const }),
          } as never);
          const whole =
            around === 'bidirectional'
              ? tf.layers.bidirectional({ layer: layer as never, mergeMode: 'concat' })
              : layer;
          whole.apply(tf.input({ shape: [steps, features] }));
          const expected = computed(whole);
          const call = whole.call;
          takeOverRecurrence(whole);
          if (around !== 'bidirectional') assert.notEqual(whole.call, call);
          computed(whole).forEach((values, i) => {
            values.forEach((value, j) => {
              const wanted = expected[i]![j]!;
              assert.ok(
                Math.abs(value - wanted) <= 2e-5 * Math.max(1, Math.abs(wanted)),
                `${i} ${j}: ${value}, ${wanted}`,
              );
            });
          });
          whole.dispose();
        });

test('a layer of another activation is left as it is', () => {
  for (const layer of [
    tf.layers.lstm({ units, activation: 'relu' }),
    tf.layers.gru({ units }),
    tf.layers.dense({ units }),
  ]) {
    const { call } = layer;
    takeOverRecurrence(layer);
    assert.equal(layer.call, call);
  }
});

test('what is not usual is computed as before: a mask, a state to begin with', () => {
  const layer = tf.layers.gru({ units, recurrentActivation: 'sigmoid' as never });
  layer.apply(tf.input({ shape: [steps, features] }));
  takeOverRecurrence(layer);
  const mask = tf.tensor2d(
    Array.from({ length: batch * steps }, (_value, i) => (i % steps === steps - 1 ? 0 : 1)),
    [batch, steps],
    'bool',
  );
  const masked = layer.call(x, { mask }) as Tensor;
  const short = layer.call(tf.slice(x, [0, 0, 0], [batch, steps - 1, features]), {}) as Tensor;
  masked.dataSync().forEach((value, i) => void assert.ok(Math.abs(value - short.dataSync()[i]!) < 1e-6));
});
