/** The three cells; their formulas stand in schemas/layers/recurrent.ts. */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow.ts';
import { type Cell, sigmoidGradient, tanhGradient } from './cell.ts';

const product = (x: Tensor, kernel: Tensor): Tensor => tf.matMul(x as never, kernel as never);
const productBack = (x: Tensor, kernel: Tensor): Tensor => tf.matMul(x as never, kernel as never, false, true);
const split = (x: Tensor, parts: number): Tensor[] => tf.split(x, parts, 1);

const simpleRnn: Cell = {
  states: 1,
  blocks: [1],
  forward: (z, [h], [u]) => {
    const after = tf.tanh(tf.add(z, product(h!, u!)));
    return { after: [after], operands: [h!], saved: [after] };
  },
  backward: ({ saved: [h] }, [dh], [u]) => {
    const sum = tanhGradient(h!, dh!);
    return { sums: [sum], before: [productBack(sum, u!)] };
  },
};

const lstm: Cell = {
  states: 2,
  blocks: [4],
  forward: (z, [h, c], [u]) => {
    const sums = split(tf.add(z, product(h!, u!)), 4);
    const [i, f, o] = [0, 1, 3].map((at) => tf.sigmoid(sums[at]!)) as [Tensor, Tensor, Tensor];
    const g = tf.tanh(sums[2]!);
    const cell = tf.add(tf.mul(f, c!), tf.mul(i, g));
    const t = tf.tanh(cell);
    return { after: [tf.mul(o, t), cell], operands: [h!], saved: [i, f, g, o, c!, t] };
  },
  backward: ({ saved }, [dh, dc], [u]) => {
    const [i, f, g, o, c, t] = saved as readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    const cell = tf.add(dc!, tanhGradient(t, tf.mul(dh!, o)));
    const sums = tf.concat(
      [
        sigmoidGradient(i, tf.mul(cell, g)),
        sigmoidGradient(f, tf.mul(cell, c)),
        tanhGradient(g, tf.mul(cell, i)),
        sigmoidGradient(o, tf.mul(dh!, t)),
      ],
      1,
    );
    return { sums: [sums], before: [productBack(sums, u!), tf.mul(cell, f)] };
  },
};

/** Resets before the product: its second block is multiplied by r·h. */
const gru: Cell = {
  states: 1,
  blocks: [2, 1],
  forward: (x, [h], [gates, candidate]) => {
    const units = h!.shape[1]!;
    const [xGates, xCandidate] = tf.split(x, [2 * units, units], 1) as [Tensor, Tensor];
    const [z, r] = split(tf.sigmoid(tf.add(xGates, product(h!, gates!))), 2) as [Tensor, Tensor];
    const reset = tf.mul(r, h!);
    const n = tf.tanh(tf.add(xCandidate, product(reset, candidate!)));
    const after = tf.add(n, tf.mul(z, tf.sub(h!, n)));
    return { after: [after], operands: [h!, reset], saved: [z, r, n, h!] };
  },
  backward: ({ saved }, [dh], [gates, candidate]) => {
    const [z, r, n, h] = saved as readonly [Tensor, Tensor, Tensor, Tensor];
    const kept = tf.mul(dh!, z);
    const dn = tanhGradient(n, tf.sub(dh!, kept));
    const reset = productBack(dn, candidate!);
    const both = tf.concat([sigmoidGradient(z, tf.mul(dh!, tf.sub(h, n))), sigmoidGradient(r, tf.mul(reset, h))], 1);
    const before = tf.addN([kept, tf.mul(reset, r), productBack(both, gates!)]);
    return { sums: [both, dn], before: [before] };
  },
};

/** By the name of TF.js's cell. */
export const cells: Readonly<Record<string, Cell>> = { SimpleRNNCell: simpleRnn, LSTMCell: lstm, GRUCell: gru };
