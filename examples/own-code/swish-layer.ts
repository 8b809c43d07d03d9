/**
 * A dense layer with Swish, x·σ(x), whose gradient is a custom one of TF.js: it keeps one tensor instead of three.
 *
 *   npx anneal check examples/own-code/swish-layer.ts
 */
import * as tf from '@tensorflow/tfjs';

export const inputs = { x: [4, 5], kernel: [5, 3], bias: [3] };

const swish = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  (save as tf.GradSaveFunc)([input]);
  const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]) => {
    const gate = tf.sigmoid(saved!);
    return tf.mul(dy, tf.add(gate, tf.mul(tf.mul(saved!, gate), tf.sub(1, gate))));
  };
  return { value: tf.mul(input, tf.sigmoid(input)), gradFunc };
});

export const layer = (_tf: typeof tf, { x, kernel, bias }: Record<'x' | 'kernel' | 'bias', tf.Tensor>): tf.Tensor =>
  swish(tf.add(tf.matMul(x, kernel), bias));
