/** Mean absolute error (L1): L = (1/n) Σ |ŷᵢ − yᵢ|, the mean over the outputs of one example. No value at chance. */
import { defineLoss, meanOutputs } from './define.ts';

export const meanAbsoluteError = defineLoss({
  type: 'mean-absolute-error',
  description: 'L = mean |ŷ − y| over the outputs of an example.',
  options: {},
  target: 'values',
  atChance: () => null,
  perExample: (tf, output, labels) => meanOutputs(tf, tf.abs(tf.sub(output, labels))),
});
