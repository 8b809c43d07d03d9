/** Leaky ReLU. Wrong: below zero the gradient is 0, not the slope. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export const forward = (tf: Tf, { x }: Tensors): Tensor => tf.leakyRelu(x, 0.1);

export function backward(tf: Tf, dy: Tensor, { x }: Tensors): Tensors {
  return { x: tf.where(tf.greater(x, 0), dy, tf.mul(dy, 0)) };
}
