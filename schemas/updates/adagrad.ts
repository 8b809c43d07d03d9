/**
 * Adagrad: each parameter's rate falls with the squares of its own gradients.
 *
 *   s ← s + g²
 *   w ← w − α g / (√s + ε)
 *
 * Source: Duchi, Hazan & Singer 2011. The same as PyTorch (without its lr_decay: that is the schedule's business). Differs from Keras,
 * where s starts at 0.1 and ε is 1e-7 within the root.
 */
import { positive } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const adagrad = defineUpdate({
  rule: 'adagrad',
  description: 's ← s + g², w ← w − α g / (√s + ε).',
  options: { epsilon: positive().default(1e-10).describe('ε, added to the root.') },
  slots: ['square'],
  apply: (ops, { w, g, slots, rate }, o) => {
    const square = ops.add(slot(slots, 'square'), ops.square(g));
    const move = ops.div(ops.mul(rate, g), ops.add(ops.sqrt(square), ops.scalar(o.epsilon)));
    return { w: ops.sub(w, move), slots: { square } };
  },
});
