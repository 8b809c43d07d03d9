/** Mean squared error, over all values. */
import type { Tensor, Tf } from '../types.ts';

export const inputs = { predictions: [4, 3], labels: [4, 3] };

export const loss = (tf: Tf, labels: Tensor, predictions: Tensor): Tensor =>
  tf.mean(tf.square(tf.sub(predictions, labels)));

export const gradient = (tf: Tf, labels: Tensor, predictions: Tensor): Tensor =>
  tf.mul(tf.sub(predictions, labels), 2 / 12);
