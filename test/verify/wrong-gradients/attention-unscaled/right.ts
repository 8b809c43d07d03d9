/** Scores of attention, q·kᵀ/√d. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { q: [3, 4], k: [5, 4] };

export const forward = (tf: Tf, { q, k }: Tensors): Tensor => tf.softmax(tf.div(tf.matMul(q, k, false, true), 2));

export function backward(tf: Tf, dy: Tensor, { q, k }: Tensors): Tensors {
  const shares = tf.softmax(tf.div(tf.matMul(q, k, false, true), 2));
  const scores = tf.mul(shares, tf.sub(dy, tf.sum(tf.mul(dy, shares), 1, true)));
  return { q: tf.div(tf.matMul(scores, k), 2), k: tf.div(tf.matMul(scores, q, true), 2) };
}
