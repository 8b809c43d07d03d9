/** The Brier score of a classifier: mean squared distance of its probabilities from the one-hot labels, 0 at best (Brier, 1950). */
import type * as Tf from '@tensorflow/tfjs';

export const inputs = { labels: { oneHot: [6, 3] }, predictions: [6, 3] };

export function metric(tf: typeof Tf, labels: Tf.Tensor, predictions: Tf.Tensor): Tf.Tensor {
  const off = tf.sub(tf.softmax(predictions), labels);
  return tf.mean(tf.sum(tf.square(off), -1));
}
