/**
 * One-vs-all hinge: a binary SVM for each class, L = Σⱼ max(0, Δ − tⱼzⱼ) with tⱼ = 1 for the label and −1 for the others. At chance: CΔ.
 * Squared: each term squared, CΔ² at chance. Source: Rifkin & Klautau 2004.
 */
import { z } from 'zod';
import { positive } from '../numbers.ts';
import { defineLoss } from './define.ts';

export const oneVsAllHinge = defineLoss({
  type: 'one-vs-all-hinge',
  description: 'L = Σⱼ max(0, Δ − tⱼzⱼ) with tⱼ = ±1, on scores z [classes]; CΔ at chance.',
  options: {
    margin: positive().default(1).describe('Δ.'),
    squared: z.boolean().default(false).describe('Squares each term: the L2-SVM.'),
  },
  target: 'class',
  atChance: (target, o) => (target.kind === 'class' ? o.margin ** (o.squared ? 2 : 1) * target.classes : null),
  perExample: (tf, output, labels, o) => {
    const signs = tf.sub(tf.mul(tf.oneHot(labels as never, output.shape.at(-1) ?? 0).toFloat(), 2), 1);
    const margins = tf.relu(tf.sub(o.margin, tf.mul(signs, output)));
    return tf.sum(o.squared ? tf.square(margins) : margins, -1);
  },
});
