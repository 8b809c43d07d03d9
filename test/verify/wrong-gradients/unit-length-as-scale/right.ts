/** Rows scaled to length 1. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const length = tf.sqrt(tf.sum(tf.square(x), 1, true));
  const output = tf.div(x, length);
  return { output, cache: { output, length } };
}

export function backward(tf: Tf, dy: Tensor, { output, length }: Tensors): Tensors {
  const along = tf.mul(output, tf.sum(tf.mul(dy, output), 1, true));
  return { x: tf.div(tf.sub(dy, along), length) };
}
