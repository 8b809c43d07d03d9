/** log Σ exp, shifted by the largest. Wrong: the shift gets a gradient of its own, though it cancels out. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const largest = tf.max(x, 1, true);
  const exponentials = tf.exp(tf.sub(x, largest));
  const sum = tf.sum(exponentials, 1, true);
  const output = tf.add(largest, tf.log(sum));
  return { output, cache: { x, largest, shares: tf.div(exponentials, sum) } };
}

export function backward(tf: Tf, dy: Tensor, { x, largest, shares }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.add(shares, tf.cast(tf.equal(x, largest), 'float32'))) };
}
