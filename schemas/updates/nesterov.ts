/**
 * Nesterov momentum, in the rewritten form that needs the gradient at w only.
 *
 *   v ← μv − αg
 *   w ← w + μv − αg
 *
 * Source: Nesterov 1983; Bengio et al. 2013, section 3.5. The same in Keras. Differs from PyTorch as momentum does: there v holds
 * gradients and α multiplies the whole step.
 */
import { fraction } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const nesterov = defineUpdate({
  rule: 'nesterov',
  description: 'v ← μv − αg, w ← w + μv − αg.',
  options: { momentum: fraction().default(0.9).describe('μ, the share of the velocity that is kept.') },
  slots: ['velocity'],
  apply: (ops, { w, g, slots, rate, momentum }, o) => {
    const mu = momentum ?? ops.scalar(o.momentum);
    const pull = ops.mul(rate, g);
    const velocity = ops.sub(ops.mul(mu, slot(slots, 'velocity')), pull);
    return { w: ops.add(w, ops.sub(ops.mul(mu, velocity), pull)), slots: { velocity } };
  },
});
