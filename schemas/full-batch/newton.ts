/**
 * Newton's method: (H + λI) d = −g, H being the Hessian of the loss over all examples, by central differences of the gradient; λ grows tenfold until
 * H + λI is positive definite (Cholesky). Then a line search by the strong Wolfe conditions, which first tries t = rate.
 *
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., sections 3.4 and 8.1. The Hessian of n parameters takes 2n gradients and 8n² bytes,
 * so it is for small nets: more than 2,000 parameters are refused. PyTorch and Keras have none.
 */
import { positive } from '../numbers.ts';
import { defineFullBatch, wolfe } from './define.ts';

/** Most parameters that a Hessian is made for: 32 MB, and seconds to factorise it. */
export const NEWTON_PARAMETERS = 2000;

export const newton = defineFullBatch({
  rule: 'newton',
  description: 'Newton’s method on all examples: (H + λI) d = −g; strong Wolfe line search.',
  options: {
    damping: positive().default(1e-3).describe('λ, which keeps steps short where the loss is flat.'),
    ...wolfe,
  },
  slots: () => [],
});
