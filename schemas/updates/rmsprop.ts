/**
 * RMSprop: the gradient over the root of a running mean of its square.
 *
 *   s ← ρs + (1−ρ)g²
 *   m ← ρm + (1−ρ)g                       centred: d = √(s − m²) + ε, the deviation of g
 *   w ← w − α g / d,  d = √s + ε          plain
 *   v ← μv − α g / d,  w ← w + v          with momentum
 *
 * Source: Tieleman & Hinton 2012, lecture 6.5; centred: Graves 2013. The same as PyTorch while α is constant (there α multiplies the whole
 * v, as with momentum). Differs from Keras, where ε is 1e-7 and within the root.
 */
import { z } from 'zod';
import { fraction, positive } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const rmsprop = defineUpdate({
  rule: 'rmsprop',
  description: 's ← ρs + (1−ρ)g², w ← w − α g / (√s + ε).',
  options: {
    decay: fraction().default(0.99).describe('ρ, decay of the running means.'),
    epsilon: positive().default(1e-8).describe('ε, added to the root.'),
    centered: z
      .boolean()
      .default(false)
      .describe('Divides by the deviation of the gradient instead of its root mean square.'),
    momentum: fraction().default(0).describe('μ, the share of the velocity that is kept; 0 keeps none.'),
  },
  slots: (o) => ['square', ...(o.centered ? ['mean'] : []), ...(o.momentum > 0 ? ['velocity'] : [])],
  apply: (ops, { w, g, slots, rate, momentum }, o) => {
    const [kept, taken] = [ops.scalar(o.decay), ops.scalar(1 - o.decay)];
    const running = (before: typeof g, now: typeof g) => ops.add(ops.mul(kept, before), ops.mul(taken, now));
    const square = running(slot(slots, 'square'), ops.square(g));
    const mean = o.centered ? running(slot(slots, 'mean'), g) : undefined;
    const spread = mean === undefined ? square : ops.maximum(ops.sub(square, ops.square(mean)), ops.scalar(0));
    const pull = ops.div(ops.mul(rate, g), ops.add(ops.sqrt(spread), ops.scalar(o.epsilon)));
    const means = { square, ...(mean !== undefined && { mean }) };
    if (o.momentum === 0) return { w: ops.sub(w, pull), slots: means };
    const mu = momentum ?? ops.scalar(o.momentum);
    const velocity = ops.sub(ops.mul(mu, slot(slots, 'velocity')), pull);
    return { w: ops.add(w, velocity), slots: { ...means, velocity } };
  },
});
