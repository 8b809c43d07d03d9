/** −y log(p + ε). Wrong: the gradient lacks the ε. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = { predictions: { shape: [4, 3], from: 0.1, to: 0.9 }, labels: { shape: [4, 3], from: 0, to: 1 } };

const EPSILON = 1e-3;

export const loss = (tf: Tf, labels: Tensor, predictions: Tensor): Tensor =>
  tf.neg(tf.mean(tf.mul(labels, tf.log(tf.add(predictions, EPSILON)))));

export const gradient = (tf: Tf, labels: Tensor, predictions: Tensor): Tensor =>
  tf.div(tf.div(labels, predictions), -12);
