/** Softmax. Wrong: only the diagonal of its Jacobian, as if it were a sigmoid. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function forward(tf: Tf, { x }: Tensors) {
  const exponentials = tf.exp(tf.sub(x, tf.max(x, 1, true)));
  const output = tf.div(exponentials, tf.sum(exponentials, 1, true));
  return { output, cache: { output } };
}

export function backward(tf: Tf, dy: Tensor, { output }: Tensors): Tensors {
  return { x: tf.mul(dy, tf.mul(output, tf.sub(1, output))) };
}
