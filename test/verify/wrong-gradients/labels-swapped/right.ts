/** Softmax cross-entropy, the mean over the batch. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = { predictions: [4, 3], labels: { oneHot: [4, 3] } };

export function loss(tf: Tf, labels: Tensor, predictions: Tensor): Tensor {
  return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(predictions)), 1)));
}

export function gradient(tf: Tf, labels: Tensor, predictions: Tensor): Tensor {
  return tf.div(tf.sub(tf.softmax(predictions), labels), 4);
}
