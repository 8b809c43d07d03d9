/** Sigmoid. Wrong: its derivative is written with its input where its output belongs. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const output = tf.sigmoid(x);
  return { output, cache: { x, y: output } };
}

export function backward(tf: Tf, dy: Tensor, { x }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.mul(x, tf.sub(1, x))) };
}
