/**
 * Adam: adaptive moment estimation.
 *
 *   m ← β₁m + (1−β₁)g          v ← β₂v + (1−β₂)g²
 *   w ← w − α · (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 *
 * Source: Kingma & Ba 2015, algorithm 1. `biasCorrection: false` gives the simplified form w ← w − α · m / (√v + ε), which takes
 * wrong first steps. The same as PyTorch. Differs from Keras, where ε is 1e-7 and added to the uncorrected root.
 */
import { z } from 'zod';
import { fraction, positive } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const adam = defineUpdate({
  rule: 'adam',
  description: 'w ← w − α · m̂ / (√v̂ + ε), with m and v running means of g and g².',
  options: {
    beta1: fraction().default(0.9).describe('β₁, decay of the mean of the gradient.'),
    beta2: fraction().default(0.999).describe('β₂, decay of the mean of its square.'),
    epsilon: positive().default(1e-8).describe('ε, added to the root.'),
    biasCorrection: z.boolean().default(true).describe('Divides m and v by 1−βᵗ.'),
  },
  slots: ['m', 'v'],
  apply: (ops, { w, g, slots, rate, step }, o) => {
    const one = ops.scalar(1);
    const [b1, b2] = [ops.scalar(o.beta1), ops.scalar(o.beta2)];
    const m = ops.add(ops.mul(b1, slot(slots, 'm')), ops.mul(ops.scalar(1 - o.beta1), g));
    const v = ops.add(ops.mul(b2, slot(slots, 'v')), ops.mul(ops.scalar(1 - o.beta2), ops.square(g)));
    // α m̂ / (√v̂ + ε) with the corrections drawn into two scalars: one division an element instead of three.
    const root = o.biasCorrection ? ops.sqrt(ops.sub(one, ops.pow(b2, step))) : one;
    const scaled = o.biasCorrection ? ops.div(ops.mul(rate, root), ops.sub(one, ops.pow(b1, step))) : rate;
    const epsilon = ops.mul(ops.scalar(o.epsilon), root);
    return { w: ops.sub(w, ops.div(ops.mul(scaled, m), ops.add(ops.sqrt(v), epsilon))), slots: { m, v } };
  },
});
