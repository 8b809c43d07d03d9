/** Focal loss, −(1 − p)² log p. Wrong: the factor before the logarithm is taken for a constant. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = { predictions: { shape: [6], from: 0.1, to: 0.9 }, labels: { values: [1, 1, 1, 1, 1, 1] } };

export const loss = (tf: Tf, _labels: Tensor, predictions: Tensor): Tensor =>
  tf.neg(tf.mean(tf.mul(tf.square(tf.sub(1, predictions)), tf.log(predictions))));

export function gradient(tf: Tf, _labels: Tensor, predictions: Tensor): Tensor {
  const rest = tf.sub(1, predictions);
  const ofFactor = tf.mul(tf.mul(2, rest), tf.log(predictions));
  const ofLogarithm = tf.neg(tf.div(tf.square(rest), predictions));
  return tf.div(tf.add(tf.zerosLike(ofFactor), ofLogarithm), 6);
}
