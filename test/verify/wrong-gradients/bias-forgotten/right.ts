/** y = xw + b. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4], w: [4, 4], b: [4] };

export const forward = (tf: Tf, { x, w, b }: Tensors): Tensor => tf.add(tf.matMul(x, w), b);

export function backward(tf: Tf, dy: Tensor, { x, w }: Tensors): Tensors {
  return { x: tf.matMul(dy, w, false, true), w: tf.matMul(x, dy, true), b: tf.sum(dy, 0) };
}
