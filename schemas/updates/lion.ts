/**
 * Lion: the sign of an interpolated momentum. Every parameter moves by α; rates are 3 to 10 times smaller than Adam's.
 *
 *   w ← w − α sign(β₁m + (1−β₁)g)
 *   m ← β₂m + (1−β₂)g
 *
 * Source: Chen et al. 2023, algorithm 2; its weight decay is the spec's `weightDecay`. The same as optax and Keras.
 */
import { fraction } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const lion = defineUpdate({
  rule: 'lion',
  description: 'w ← w − α sign(β₁m + (1−β₁)g), m ← β₂m + (1−β₂)g.',
  options: {
    beta1: fraction().default(0.9).describe('β₁, share of m in the step.'),
    beta2: fraction().default(0.99).describe('β₂, decay of m.'),
  },
  slots: ['m'],
  apply: (ops, { w, g, slots, rate }, o) => {
    const before = slot(slots, 'm');
    const mixed = (share: number) => ops.add(ops.mul(ops.scalar(share), before), ops.mul(ops.scalar(1 - share), g));
    return { w: ops.sub(w, ops.mul(rate, ops.sign(mixed(o.beta1)))), slots: { m: mixed(o.beta2) } };
  },
});
