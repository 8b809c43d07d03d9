/** Mean squared error (L2): L = (1/n) Σ (ŷᵢ − yᵢ)², the mean over the outputs of one example. No value at chance. */
import { defineLoss, meanOutputs } from './define.ts';

export const meanSquaredError = defineLoss({
  type: 'mean-squared-error',
  description: 'L = mean (ŷ − y)² over the outputs of an example.',
  options: {},
  target: 'values',
  atChance: () => null,
  perExample: (tf, output, labels) => meanOutputs(tf, tf.squaredDifference(output, labels)),
});
