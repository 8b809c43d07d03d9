/** tanh. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const output = tf.tanh(x);
  return { output, cache: { y: output } };
}

export function backward(tf: Tf, dy: Tensor, { y }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.sub(1, tf.square(y))) };
}
