/** A squared output with an L1 penalty. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [4, 3], w: [3, 2] };

const STRENGTH = 0.3;

export function forward(tf: Tf, { x, w }: Tensors): Tensor {
  const data = tf.mean(tf.square(tf.matMul(x, w)));
  return tf.add(data, tf.mul(tf.sum(tf.abs(w)), STRENGTH));
}

export function backward(tf: Tf, dy: Tensor, { x, w }: Tensors): Tensors {
  const output = tf.mul(tf.matMul(x, w), 2 / 8);
  const data = tf.matMul(x, output, true);
  const penalty = tf.mul(tf.sign(w), STRENGTH);
  return { x: tf.mul(dy, tf.matMul(output, w, false, true)), w: tf.mul(dy, tf.add(data, penalty)) };
}
