/**
 * Huber: with d = ŷ − y, ½d² where |d| ≤ δ and δ(|d| − ½δ) elsewhere, the mean over the outputs of one example: squared near 0, absolute for
 * outliers. Source: Huber 1964. The same as PyTorch's HuberLoss and Keras.
 */
import { positive } from '../numbers.ts';
import { defineLoss, meanOutputs } from './define.ts';

export const huber = defineLoss({
  type: 'huber',
  description: 'L = mean of ½d² where |d| ≤ δ, δ(|d| − ½δ) elsewhere, d = ŷ − y.',
  options: { delta: positive().default(1).describe('δ, where it turns from squared to absolute.') },
  target: 'values',
  atChance: () => null,
  perExample: (tf, output, labels, o) => {
    // With q = min(|d|, δ) both branches are ½q² + δ(|d| − q).
    const distance = tf.abs(tf.sub(output, labels));
    const near = tf.minimum(distance, o.delta);
    return meanOutputs(tf, tf.add(tf.mul(tf.square(near), 0.5), tf.mul(tf.sub(distance, near), o.delta)));
  },
});
