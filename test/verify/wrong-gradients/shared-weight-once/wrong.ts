/** A weight used twice. Wrong: the gradient counts its second use alone. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4], w: [4, 4] };

export function forward(tf: Tf, { x, w }: Tensors) {
  const hidden = tf.tanh(tf.matMul(x, w));
  return { output: tf.matMul(hidden, w), cache: { x, w, hidden } };
}

export function backward(tf: Tf, dy: Tensor, { x, w, hidden }: Tensors): Tensors {
  const inner = tf.mul(tf.matMul(dy, w, false, true), tf.sub(1, tf.square(hidden)));
  const [first, second] = [tf.matMul(x, inner, true), tf.matMul(hidden, dy, true)];
  return { x: tf.matMul(inner, w, false, true), w: tf.add(tf.zerosLike(first), second) };
}
