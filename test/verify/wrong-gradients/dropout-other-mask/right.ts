/** Inverted dropout. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [4, 5] };

const KEPT = 0.6;

export function forward(tf: Tf, { x }: Tensors) {
  const mask = tf.cast(tf.less(tf.randomUniform([4, 5]), KEPT), 'float32');
  return { output: tf.div(tf.mul(x, mask), KEPT), cache: { mask } };
}

export function backward(tf: Tf, dy: Tensor, { mask }: Tensors): Tensors {
  return { x: tf.div(tf.mul(dy, mask), KEPT) };
}
