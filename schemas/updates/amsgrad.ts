/**
 * AMSGrad: Adam that divides by the largest v so far, so that no rate ever rises.
 *
 *   v_max ← max(v_max, v)
 *   w ← w − α · (m/(1−β₁ᵗ)) / (√(v_max/(1−β₂ᵗ)) + ε),  m and v as in Adam
 *
 * Source: Reddi, Kale & Kumar 2018, with Adam's bias corrections as in PyTorch's `amsgrad=True`; the paper has none.
 */
import { defineUpdate, slot } from './define.ts';
import { correctedMove, momentOptions, moments } from './moments.ts';

export const amsgrad = defineUpdate({
  rule: 'amsgrad',
  description: 'Adam with the largest v so far in the place of v.',
  options: momentOptions(),
  slots: ['m', 'v', 'vMax'],
  apply: (ops, input, o) => {
    const { m, v } = moments(ops, input, o);
    const vMax = ops.maximum(slot(input.slots, 'vMax'), v);
    return { w: ops.sub(input.w, correctedMove(ops, m, vMax, input, o)), slots: { m, v, vMax } };
  },
});
