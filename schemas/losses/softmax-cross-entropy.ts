/**
 * Softmax cross-entropy on logits z: L = −log( e^(z_y) / Σⱼ e^(zⱼ) ), in nats. At chance: ln C.
 * The last layer has to be linear: the softmax is in the loss. For many classes it may be a hierarchical-softmax, see the layers.
 *
 *   labelSmoothing s   (1−s) L(y) + s/C Σⱼ L(j)     Szegedy et al. 2016; the same as PyTorch and Keras
 *   classWeights       w_y · L, averaged over the examples as in Keras; PyTorch divides by Σ w_y instead
 */
import { z } from 'zod';
import { SpecError } from '../error.ts';
import { fraction, nonNegative } from '../numbers.ts';
import { defineLoss, type Target, type Tensor, type TensorFlow } from './define.ts';

const options = {
  labelSmoothing: fraction().default(0).describe('s, the share of the label that is spread over all classes.'),
  classWeights: z.array(nonNegative()).min(2).optional().describe('A weight for each class; all 1 when left out.'),
};

export const softmaxCrossEntropy = defineLoss({
  type: 'softmax-cross-entropy',
  description: 'L = −log softmax(z)[y], on logits z [classes]; ln C at chance.',
  options,
  target: 'class',
  probability: 'softmax',
  atChance: (target, o) => (target.kind === 'class' && !o.classWeights ? Math.log(target.classes) : null),
  least: (label, target, o) => smoothedEntropy(o.labelSmoothing, target) * (o.classWeights?.[label] ?? 1),
  check: (target, o) => checkWeights(target, o.classWeights),
  perExample: (tf, output, labels, o) => {
    const hard = tf.sparseSoftmaxCrossEntropy(output, labels);
    const losses = o.labelSmoothing === 0 ? hard : smooth(tf, hard, output, o.labelSmoothing);
    return weighted(tf, losses, labels, o);
  },
});

/** w_y L(y) of each example. */
export const weighted = (
  tf: TensorFlow,
  losses: Tensor,
  labels: Tensor,
  { classWeights }: Readonly<{ classWeights?: readonly number[] | undefined }>,
): Tensor => (classWeights ? tf.mul(losses, tf.gather(tf.tensor1d([...classWeights]), labels as never)) : losses);

/** (1−s) L(y) + s · mean over j of L(j) */
function smooth(tf: TensorFlow, hard: Tensor, logits: Tensor, share: number): Tensor {
  const all = tf.neg(tf.mean(tf.logSoftmax(logits), -1));
  return tf.add(tf.mul(hard, 1 - share), tf.mul(all, share));
}

/** Of the label that is left after smoothing. */
function smoothedEntropy(share: number, target: Target): number {
  if (share === 0 || target.kind !== 'class') return 0;
  const other = share / target.classes;
  const own = 1 - share + other;
  return -own * Math.log(own) - (target.classes - 1) * other * Math.log(other);
}

function checkWeights(target: Target, weights: readonly number[] | undefined): void {
  if (!weights || target.kind !== 'class' || weights.length === target.classes) return;
  const param = 'loss.classWeights';
  throw new SpecError(
    'invalid_spec',
    `${param}: got ${weights.length} weights, the data have ${target.classes} classes; give one for each`,
    param,
  );
}
