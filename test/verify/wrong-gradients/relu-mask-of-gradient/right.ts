/** ReLU. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export const forward = (tf: Tf, { x }: Tensors): Tensor => tf.relu(x);

export function backward(tf: Tf, dy: Tensor, { x }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.cast(tf.greater(x, 0), 'float32')) };
}
