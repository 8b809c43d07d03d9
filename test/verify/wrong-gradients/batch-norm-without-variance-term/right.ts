/** Batch normalisation. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [5, 3], scale: [3] };

const EPSILON = 1e-3;

export function forward(tf: Tf, { x, scale }: Tensors) {
  const { mean, variance } = tf.moments(x, 0);
  const deviation = tf.sqrt(tf.add(variance, EPSILON));
  const normal = tf.div(tf.sub(x, mean), deviation);
  return { output: tf.mul(normal, scale), cache: { normal, deviation, scale } };
}

export function backward(tf: Tf, dy: Tensor, { normal, deviation, scale }: Tensors): Tensors {
  const d = tf.mul(dy, scale);
  const meanTerm = tf.mean(d, 0);
  const varianceTerm = tf.mul(normal, tf.mean(tf.mul(d, normal), 0));
  const dx = tf.div(tf.sub(tf.sub(d, meanTerm), varianceTerm), deviation);
  return { x: dx, scale: tf.sum(tf.mul(dy, normal), 0) };
}
