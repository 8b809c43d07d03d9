/** Two steps of a recurrent net. Wrong: the gradient stops at the last step. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [2, 3], h: [2, 3], w: [3, 3] };

export function forward(tf: Tf, { x, h, w }: Tensors) {
  const one = tf.tanh(tf.add(x, tf.matMul(h, w)));
  const two = tf.tanh(tf.add(x, tf.matMul(one, w)));
  return { output: two, cache: { h, w, one, two } };
}

export function backward(tf: Tf, dy: Tensor, { h, w, one, two }: Tensors): Tensors {
  const last = tf.mul(dy, tf.sub(1, tf.square(two)));
  const first = tf.mul(tf.mul(tf.matMul(last, w, false, true), tf.sub(1, tf.square(one))), 0);
  const dw = tf.add(tf.matMul(one, last, true), tf.matMul(h, first, true));
  return { x: tf.add(last, first), h: tf.matMul(first, w, false, true), w: dw };
}
