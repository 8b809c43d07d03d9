/**
 * Weston-Watkins multi-class hinge: L = Σ_{j≠y} max(0, z_j − z_y + Δ). At chance: Δ(C−1). Squared: each term squared, Δ²(C−1) at chance.
 * Source: Weston & Watkins 1999, as in CS231n's SVM loss. PyTorch's MultiMarginLoss is it divided by C.
 */
import { z } from 'zod';
import { positive } from '../numbers.ts';
import { defineLoss } from './define.ts';

export const westonWatkins = defineLoss({
  type: 'weston-watkins',
  description: 'L = Σ_{j≠y} max(0, z_j − z_y + Δ), on scores z [classes]; Δ(C−1) at chance.',
  options: {
    margin: positive().default(1).describe('Δ.'),
    squared: z.boolean().default(false).describe('Squares each term: the L2-SVM.'),
  },
  target: 'class',
  atChance: (target, o) => (target.kind === 'class' ? o.margin ** (o.squared ? 2 : 1) * (target.classes - 1) : null),
  perExample: (tf, output, labels, o) => {
    const oneHot = tf.oneHot(labels as never, output.shape.at(-1) ?? 0).toFloat();
    const right = tf.sum(tf.mul(output, oneHot), -1, true);
    const margins = tf.relu(tf.add(tf.sub(output, right), o.margin));
    return tf.sum(tf.mul(o.squared ? tf.square(margins) : margins, tf.sub(1, oneHot)), -1);
  },
});
