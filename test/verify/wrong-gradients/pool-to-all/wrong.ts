/** Max pooling in pairs. Wrong: the gradient goes to both of a pair. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 8] };

export function forward(tf: Tf, { x }: Tensors) {
  const pairs = tf.reshape(x, [3, 4, 2]);
  const output = tf.max(pairs, 2);
  return { output, cache: { pairs, output } };
}

export function backward(tf: Tf, dy: Tensor, { pairs, output }: Tensors): Tensors {
  const winners = tf.cast(tf.lessEqual(pairs, tf.expandDims(output, 2)), 'float32');
  return { x: tf.reshape(tf.mul(winners, tf.expandDims(dy, 2)), [3, 8]) };
}
