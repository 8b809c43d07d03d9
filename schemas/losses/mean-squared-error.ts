/** Mean squared error: L = (1/n) Σ (ŷᵢ − yᵢ)², the mean over the outputs of one example. No value at chance. */
import { defineLoss } from './define.ts';

export const meanSquaredError = defineLoss({
  type: 'mean-squared-error',
  description: 'L = mean (ŷ − y)² over the outputs of an example.',
  options: {},
  target: 'values',
  atChance: () => null,
  perExample: (tf, output, labels) => {
    const squares = tf.squaredDifference(output, labels);
    return squares.rank > 1 ? tf.mean(tf.reshape(squares, [squares.shape[0] ?? 0, -1]), 1) : squares;
  },
});
