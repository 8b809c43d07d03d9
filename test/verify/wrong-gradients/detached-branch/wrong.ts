/** x + tanh(x)·w, differentiated by TF.js. Wrong: a branch reads its values and so leaves the tape. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4], w: [4] };

export function layer(tf: Tf, { x, w }: Tensors): Tensor {
  const branch = tf.tensor(x.arraySync());
  return tf.add(x, tf.mul(tf.tanh(branch), w));
}
