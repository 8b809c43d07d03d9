/** The hinge loss of labels ±1. Wrong: examples beyond the margin pull too. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = {
  predictions: { shape: [8], from: -2, to: 2 },
  labels: { values: [1, -1, 1, -1, 1, -1, 1, -1] },
};

export const loss = (tf: Tf, labels: Tensor, predictions: Tensor): Tensor =>
  tf.mean(tf.relu(tf.sub(1, tf.mul(labels, predictions))));

export function gradient(tf: Tf, labels: Tensor, predictions: Tensor): Tensor {
  const within = tf.cast(tf.less(tf.mul(labels, predictions), 100), 'float32');
  return tf.div(tf.mul(tf.neg(labels), within), 8);
}
