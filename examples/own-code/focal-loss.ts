/**
 * Focal loss of two classes, with its gradient written by hand: −(1 − p)² log p, p the probability of the right class, from logits z and labels ±1.
 *
 *   npx anneal check examples/own-code/focal-loss.ts
 */
import type * as Tf from '@tensorflow/tfjs';

export const inputs = { predictions: [6], labels: { values: [1, -1, 1, 1, -1, -1] } };

export function loss(tf: typeof Tf, labels: Tf.Tensor, predictions: Tf.Tensor): Tf.Tensor {
  const p = tf.sigmoid(tf.mul(labels, predictions));
  return tf.neg(tf.mean(tf.mul(tf.square(tf.sub(1, p)), tf.log(p))));
}

/** d/dz = −y [ (1 − p)³ − 2p(1 − p)² log p ] / n */
export function gradient(tf: typeof Tf, labels: Tf.Tensor, predictions: Tf.Tensor): Tf.Tensor {
  const p = tf.sigmoid(tf.mul(labels, predictions));
  const rest = tf.sub(1, p);
  const ofLogarithm = tf.pow(rest, 3);
  const ofFactor = tf.mul(tf.mul(tf.mul(2, p), tf.square(rest)), tf.log(p));
  return tf.div(tf.mul(tf.neg(labels), tf.sub(ofLogarithm, ofFactor)), labels.size);
}
