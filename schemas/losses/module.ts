/**
 * A loss of the user's own: `loss(tf, labels, predictions)` of a module, a scalar, the mean over the examples. What it computes is recorded once for
 * each size of batch in a confined process and compiled into the step as the losses above are; its gradient is TF.js's, custom gradients within, or
 * the module's own `gradient(tf, labels, predictions)` where it exports one. See docs/own-code.md.
 *
 * Evaluation takes batches of 100 examples, and the rest as a smaller one: the loss is the mean over them, weighted by their sizes.
 */
import { z } from 'zod';
import { ownCode } from '../own-code.ts';
import { defineLoss } from './define.ts';

export const moduleLoss = defineLoss({
  type: 'module',
  description: 'A loss of one’s own: `loss(tf, labels, predictions)` of a module, the mean over the examples.',
  options: {
    ...ownCode(),
    labels: z
      .enum(['one-hot', 'index'])
      .default('one-hot')
      .describe('How it takes labels that are classes: rows with a 1 [batch, classes], or whole numbers [batch].'),
    atChance: z
      .number()
      .optional()
      .describe('Its value where all outputs are equal, for the check of the initial loss, which is skipped without.'),
    least: z
      .number()
      .optional()
      .describe(
        'What no outputs can bring it below, as 0, for the check that examples can be learned by heart, which is skipped without.',
      ),
    probability: z
      .enum(['softmax', 'sigmoid'])
      .optional()
      .describe(
        'What turns outputs into probabilities, for predictions and ensembles; they are numbers when left out.',
      ),
  },
  target: 'any',
  atChance: (_target, o) => o.atChance ?? null,
  least: (_label, _target, o) => o.least ?? null,
  probability: (o) => o.probability ?? null,
  perExample: () => {
    throw new Error('a module’s loss is that of a batch, not of an example');
  },
});
