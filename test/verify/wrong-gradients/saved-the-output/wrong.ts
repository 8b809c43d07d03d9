/** Cubes, with a custom gradient of TF.js. Wrong: it saves its output and takes it for its input. */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { x: [3, 4] };

export function layer(tf: Tf, { x }: Tensors): Tensor {
  const cube = tf.customGrad((value, save) => {
    const input = value as Tensor;
    const output = tf.pow(input, 3);
    (save as (tensors: Tensor[]) => void)([output]);
    return { value: output, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, tf.mul(3, tf.square(saved[0]!))) };
  });
  return cube(x);
}
