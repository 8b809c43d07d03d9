/**
 * L-BFGS: d = −H g, H being built from the last m steps s and changes of the gradient y by the two-loop recursion, from H₀ = (sᵀy / yᵀy) I;
 * then a line search along d by the strong Wolfe conditions, which first tries t = rate (in the first step rate · min(1, 1/‖g‖₁)).
 *
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., algorithms 7.4, 7.5, 3.5 and 3.6. The same course as PyTorch's LBFGS with
 * `line_search_fn="strong_wolfe"` and one iteration a step. One step looks at all training examples several times.
 */
import { z } from 'zod';
import { defineFullBatch, wolfe } from './define.ts';

export const lBfgs = defineFullBatch({
  rule: 'l-bfgs',
  description: 'Quasi-Newton on all examples: d = −H g, H from the last m steps; strong Wolfe line search.',
  options: {
    history: z.int().min(1).max(100).default(10).describe('m, steps that are remembered.'),
    ...wolfe,
    curvature: z.number().gt(0).lt(1).default(0.9).describe('c₂ of the strong Wolfe conditions.'),
    minibatch: z
      .boolean()
      .default(false)
      .describe(
        'Takes batches of batchSize instead of all examples. The changes of the gradient then come from other examples as well as from the step, which spoils the curvature: see docs/full-batch.md.',
      ),
  },
  slots: ({ history }) => [
    'gradient',
    'position',
    ...Array.from({ length: history }, (_slot, i) => [`step${i}`, `change${i}`]).flat(),
  ],
});
