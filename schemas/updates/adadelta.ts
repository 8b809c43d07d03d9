/**
 * Adadelta: steps in the unit of the parameters, by the ratio of two running root mean squares.
 *
 *   s ← ρs + (1−ρ)g²
 *   Δ = √(u + ε) / √(s + ε) · g
 *   u ← ρu + (1−ρ)Δ²
 *   w ← w − αΔ
 *
 * Source: Zeiler 2012, where α is 1. The same as PyTorch and Keras but for their defaults of ρ, ε and α.
 */
import { fraction, positive } from '../numbers.ts';
import { defineUpdate, slot } from './define.ts';

export const adadelta = defineUpdate({
  rule: 'adadelta',
  description: 'w ← w − α √(u + ε) / √(s + ε) · g, with s and u running means of g² and of the squared steps.',
  options: {
    decay: fraction().default(0.95).describe('ρ, decay of the running means.'),
    epsilon: positive().default(1e-6).describe('ε, added to both within the roots.'),
  },
  slots: ['square', 'delta'],
  apply: (ops, { w, g, slots, rate }, o) => {
    const epsilon = ops.scalar(o.epsilon);
    const running = (before: typeof g, now: typeof g) =>
      ops.add(ops.mul(ops.scalar(o.decay), before), ops.mul(ops.scalar(1 - o.decay), now));
    const square = running(slot(slots, 'square'), ops.square(g));
    const ratio = ops.div(ops.sqrt(ops.add(slot(slots, 'delta'), epsilon)), ops.sqrt(ops.add(square, epsilon)));
    const move = ops.mul(ratio, g);
    return {
      w: ops.sub(w, ops.mul(rate, move)),
      slots: { square, delta: running(slot(slots, 'delta'), ops.square(move)) },
    };
  },
});
