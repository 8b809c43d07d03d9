/** A gated unit, σ(g)·tanh(a). */
import type { Tensor, Tensors, Tf } from '../types.ts';

export const inputs = { g: [3, 4], a: [3, 4] };

export const forward = (tf: Tf, { g, a }: Tensors): Tensor => tf.mul(tf.sigmoid(g), tf.tanh(a));

export function backward(tf: Tf, dy: Tensor, { g, a }: Tensors): Tensors {
  const [gate, value] = [tf.sigmoid(g), tf.tanh(a)];
  return {
    g: tf.mul(dy, tf.mul(value, tf.mul(gate, tf.sub(1, gate)))),
    a: tf.mul(dy, tf.mul(gate, tf.sub(1, tf.square(value)))),
  };
}
