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
import { defineUpdate } from './define.ts';
import { correctedMove, momentOptions, moments } from './moments.ts';

export const adam = defineUpdate({
  rule: 'adam',
  description: 'w ← w − α · m̂ / (√v̂ + ε), with m and v running means of g and g².',
  options: { ...momentOptions(), biasCorrection: z.boolean().default(true).describe('Divides m and v by 1−βᵗ.') },
  slots: ['m', 'v'],
  apply: (ops, input, o) => {
    const { m, v } = moments(ops, input, o);
    const move = o.biasCorrection
      ? correctedMove(ops, m, v, input, o)
      : ops.div(ops.mul(input.rate, m), ops.add(ops.sqrt(v), ops.scalar(o.epsilon)));
    return { w: ops.sub(input.w, move), slots: { m, v } };
  },
});
