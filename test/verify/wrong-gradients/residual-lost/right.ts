/** x + tanh(x). */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export const forward = (tf: Tf, { x }: Tensors): Tensor => tf.add(x, tf.tanh(x));

export function backward(tf: Tf, dy: Tensor, { x }: Tensors): Tensors {
  const through = tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x))));
  return { x: tf.add(dy, through) };
}
