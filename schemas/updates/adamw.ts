/**
 * AdamW: Adam with decoupled weight decay of every parameter.
 *
 *   w ← w − α (λw + m̂ / (√v̂ + ε)),  m̂ and v̂ as in Adam
 *
 * Source: Loshchilov & Hutter 2019. The same as PyTorch, biases included; to decay kernels alone, take adam and the spec's `weightDecay`.
 */
import { nonNegative } from '../numbers.ts';
import { defineUpdate } from './define.ts';
import { correctedMove, momentOptions, moments } from './moments.ts';

export const adamw = defineUpdate({
  rule: 'adamw',
  description: 'w ← w − α (λw + m̂ / (√v̂ + ε)).',
  options: { ...momentOptions(), weightDecay: nonNegative().default(0.01).describe('λ.') },
  slots: ['m', 'v'],
  apply: (ops, input, o) => {
    const { m, v } = moments(ops, input, o);
    const kept = ops.sub(ops.scalar(1), ops.mul(input.rate, ops.scalar(o.weightDecay)));
    return { w: ops.sub(ops.mul(kept, input.w), correctedMove(ops, m, v, input, o)), slots: { m, v } };
  },
});
