/**
 * Kullback-Leibler divergence of the label's distribution p from the net's: L = Σⱼ pⱼ (log pⱼ − log softmax(z)ⱼ), on logits z. Labels are
 * rows of probabilities [classes]. 0 · log 0 counts as 0. The same as PyTorch's KLDivLoss on log_softmax, summed over the classes.
 */
import { defineLoss } from './define.ts';

export const kullbackLeibler = defineLoss({
  type: 'kullback-leibler',
  description: 'L = Σ p (log p − log softmax(z)), on logits z; labels are probabilities.',
  options: {},
  target: 'values',
  probability: 'softmax',
  atChance: () => null,
  perExample: (tf, output, labels) => {
    const entropy = tf.sum(tf.mul(labels, tf.log(tf.maximum(labels, 1e-37))), -1);
    return tf.sub(entropy, tf.sum(tf.mul(labels, tf.logSoftmax(output)), -1));
  },
});
