/** y = 2xw. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4], w: [4, 2] };

export const forward = (tf: Tf, { x, w }: Tensors): Tensor => tf.mul(tf.matMul(x, w), 2);

export function backward(tf: Tf, dy: Tensor, { x, w }: Tensors): Tensors {
  const doubled = tf.mul(dy, 2);
  return { x: tf.matMul(doubled, w, false, true), w: tf.matMul(x, doubled, true) };
}
