/** log Σ exp, shifted by the largest. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const largest = tf.max(x, 1, true);
  const exponentials = tf.exp(tf.sub(x, largest));
  const sum = tf.sum(exponentials, 1, true);
  const output = tf.add(largest, tf.log(sum));
  return { output, cache: { x, largest, shares: tf.div(exponentials, sum) } };
}

export function backward(tf: Tf, dy: Tensor, { shares }: Tensors): Tensors {
  return { x: tf.mul(dy, shares) };
}
