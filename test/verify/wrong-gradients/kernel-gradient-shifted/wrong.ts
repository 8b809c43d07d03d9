/** A convolution of one dimension, padded by one. Wrong: the gradient of the kernel is that of the first tap everywhere. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [7], w: [3] };

export function forward(tf: Tf, { x, w }: Tensors): Tensor {
  const padded = tf.pad1d(x, [1, 1]);
  const taps = [0, 1, 2].map((k) => tf.mul(tf.slice(padded, k, 7), tf.slice(w, k, 1)));
  return tf.addN(taps);
}

export function backward(tf: Tf, dy: Tensor, { x, w }: Tensors): Tensors {
  const padded = tf.pad1d(x, [1, 1]);
  const dw = [0, 1, 2].map((k) => tf.sum(tf.mul(dy, tf.slice(padded, 0 * k, 7))));
  const spread = [0, 1, 2].map((k) => tf.pad(tf.mul(dy, tf.slice(w, k, 1)), [[k, 2 - k]]));
  return { w: tf.stack(dw), x: tf.slice(tf.addN(spread), 1, 7) };
}
