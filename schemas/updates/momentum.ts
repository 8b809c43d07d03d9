/**
 * Momentum (the heavy ball).
 *
 *   v ← μv − αg
 *   w ← w + v
 *
 * Source: Polyak 1964, as written in Sutskever et al. 2013; the same in Keras. Differs from PyTorch, which keeps v ← μv + g and
 * takes w ← w − αv: equal while α is constant, different when a schedule changes α (here the past steps keep their old rate).
 */
import { fraction } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const momentum = defineUpdate({
  rule: 'momentum',
  description: 'v ← μv − αg, w ← w + v.',
  options: { momentum: fraction().default(0.9).describe('μ, the share of the velocity that is kept.') },
  slots: ['velocity'],
  apply: (ops, { w, g, slots, rate, momentum }, o) => {
    const mu = momentum ?? ops.scalar(o.momentum);
    const velocity = ops.sub(ops.mul(mu, slot(slots, 'velocity')), ops.mul(rate, g));
    return { w: ops.add(w, velocity), slots: { velocity } };
  },
});
