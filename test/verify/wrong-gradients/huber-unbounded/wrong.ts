/** Huber loss. Wrong: the gradient goes on growing beyond δ. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = { predictions: { shape: [4, 3], from: -3, to: 3 }, labels: [4, 3] };

export function loss(tf: Tf, labels: Tensor, predictions: Tensor): Tensor {
  const error = tf.sub(predictions, labels);
  const inner = tf.minimum(tf.abs(error), 1);
  return tf.mean(tf.sub(tf.mul(inner, tf.abs(error)), tf.div(tf.square(inner), 2)));
}

export function gradient(tf: Tf, labels: Tensor, predictions: Tensor): Tensor {
  const error = tf.sub(predictions, labels);
  return tf.div(error, 12);
}
