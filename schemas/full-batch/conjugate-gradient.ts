/**
 * Nonlinear conjugate gradients: d = −g + β d, β = max(0, gᵀ(g − g₀) / g₀ᵀg₀) (Polak-Ribière+), which restarts by itself; then a line search by
 * the strong Wolfe conditions, which first tries t = rate · t₀ (g₀ᵀd₀)/(gᵀd), and in the first step rate · min(1, 1/‖g‖₁).
 *
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., section 5.2 and equation 3.60; the same method as SciPy's `fmin_cg`. PyTorch and
 * Keras have none.
 */
import { z } from 'zod';
import { defineFullBatch, wolfe } from './define.ts';

export const conjugateGradient = defineFullBatch({
  rule: 'conjugate-gradient',
  description: 'Polak-Ribière+ conjugate gradients on all examples: d = −g + β d; strong Wolfe line search.',
  options: {
    ...wolfe,
    curvature: z
      .number()
      .gt(0)
      .lt(0.5)
      .default(0.4)
      .describe('c₂ of the strong Wolfe conditions; tight, so that directions stay conjugate.'),
  },
  slots: () => ['gradient', 'position', 'direction'],
});
