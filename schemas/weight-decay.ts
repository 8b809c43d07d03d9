/**
 * Weight decay, over the weights that regularisation covers (kernels, not biases).
 *
 *   decoupled   w ← w − αλw beside the rule's own step      Loshchilov & Hutter 2019
 *   coupled     g ← g + λw before the rule, after clipping  PyTorch's `weight_decay` of SGD and Adam
 *
 * For sgd both are the same. Coupled decay is L2 regularisation with λ/2 whose loss is not counted.
 */
import { z } from 'zod';
import { positive } from './numbers.ts';

export const weightDecay = z
  .strictObject({
    strength: positive().describe('λ.'),
    type: z.enum(['decoupled', 'coupled']).default('decoupled').describe('Beside the rule, or through its gradient.'),
  })
  .meta({ id: 'WeightDecay', description: 'Draws the weights of dense and convolutional layers towards 0.' });

export type WeightDecay = z.output<typeof weightDecay>;
