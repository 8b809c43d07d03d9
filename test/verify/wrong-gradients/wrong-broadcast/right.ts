/** The outer product of a column and a row. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { a: [3, 1], b: [1, 3] };

export const forward = (tf: Tf, { a, b }: Tensors): Tensor => tf.mul(a, b);

export function backward(tf: Tf, dy: Tensor, { a, b }: Tensors): Tensors {
  const [da, db] = [tf.mul(dy, b), tf.mul(dy, a)];
  return { a: tf.reshape(tf.sum(da, 1), [3, 1]), b: tf.reshape(tf.sum(db, 0), [1, 3]) };
}
