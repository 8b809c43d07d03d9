/**
 * Focal loss of several classes: −(1 − p)² log p, p the probability of the right class, from logits; labels are one-hot rows.
 * Source: Lin et al. 2017. examples/own-code/digits.yaml trains with it.
 *
 *   npx anneal check examples/own-code/multiclass-focal-loss.ts
 */
import type * as Tf from '@tensorflow/tfjs';

export const inputs = { predictions: [6, 4], labels: { oneHot: [6, 4] } };

export function loss(tf: typeof Tf, labels: Tf.Tensor, predictions: Tf.Tensor): Tf.Tensor {
  const logP = tf.sum(tf.mul(labels, tf.logSoftmax(predictions)), -1);
  const missing = tf.sub(1, tf.exp(logP));
  return tf.neg(tf.mean(tf.mul(tf.square(missing), logP)));
}
