/** ReLU. Wrong: the mask is that of the incoming gradient. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export const forward = (tf: Tf, { x }: Tensors): Tensor => tf.relu(x);

export function backward(tf: Tf, dy: Tensor, { x }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.cast(tf.greater(tf.mul(dy, tf.onesLike(x)), 0), 'float32')) };
}
