/**
 * Cosine distance: L = 1 − ŷ·y / (‖ŷ‖ ‖y‖), over the last axis. 0 where they point the same way, 2 where they are opposed. A length below 1e-8
 * counts as 1e-8, as in PyTorch's cosine_similarity. Keras' CosineSimilarity is it less 1.
 */
import { defineLoss, meanOutputs, type Tensor, type TensorFlow } from './define.ts';

const LEAST_LENGTH = 1e-8;

export const cosineDistance = defineLoss({
  type: 'cosine-distance',
  description: 'L = 1 − cos(ŷ, y).',
  options: {},
  target: 'values',
  atChance: () => null,
  perExample: (tf, output, labels) => {
    const product = tf.sum(tf.mul(output, labels), -1);
    return meanOutputs(tf, tf.sub(1, tf.div(product, tf.mul(length(tf, output), length(tf, labels)))));
  },
});

// The least length is taken of the square, so that the root has a gradient at 0.
const length = (tf: TensorFlow, x: Tensor): Tensor => tf.sqrt(tf.maximum(tf.sum(tf.square(x), -1), LEAST_LENGTH ** 2));
