/** The loss that is differentiated: mean data loss of the batch, plus L1 and L2. */
import { lossDefinition, type TensorFlow, type TrainSpec, weighted } from '@anneal/schemas';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Augmented } from '../augment/augment.ts';
import { type BuiltModel, outputsOf } from '../model/build.ts';
import { alongLabels } from '../model/class-tree.ts';
import { ownLoss } from '../own-code/own-loss.ts';
import { tf } from '../tensorflow.ts';
import { sparseSoftmaxCrossEntropy } from '../trace/native-gradients.ts';

/** TF.js with the fused kernels that losses may use. */
const native = { ...tf, sparseSoftmaxCrossEntropy } as unknown as TensorFlow;

export interface Losses {
  /** To be differentiated: the sum over the members of an ensemble, so that each gets the gradient that it would get alone. */
  readonly total: Scalar;
  /** Mean over the members. */
  readonly data: Scalar;
}

/** The data loss of each example, [batch]. Not for a loss of the user's own, which is that of a batch. */
export function perExampleLoss(spec: Pick<TrainSpec, 'loss'>, output: Tensor, labels: Tensor): Tensor {
  return lossDefinition(spec.loss.type).perExample(native, output, labels, spec.loss as never);
}

/** The mean data loss of a batch. */
const meanLoss = (spec: Pick<TrainSpec, 'loss'>, output: Tensor, labels: Tensor): Tensor =>
  spec.loss.type === 'module' ? ownLoss(spec.loss, output, labels) : tf.mean(perExampleLoss(spec, output, labels));

export function batchLoss(
  spec: Pick<TrainSpec, 'loss' | 'regularization'>,
  built: BuiltModel,
  { inputs, mixed }: Augmented,
  labels: Tensor,
): Losses {
  const losses =
    mixed || !goesAlongPaths(spec, built)
      ? outputsOf(built, inputs, true).map((output) => {
          const own = meanLoss(spec, output, labels);
          return mixed ? mix(own, meanLoss(spec, output, mixed.labels), mixed.share) : own;
        })
      : alongLabels(labels, () => outputsOf(built, inputs, true)).map((choices) => pathLoss(spec, choices, labels));
  const sum = (losses.length === 1 ? losses[0]! : tf.addN(losses)) as Scalar;
  const data = (losses.length === 1 ? sum : tf.div(sum, losses.length)) as Scalar;
  const extra = regularizationLoss(spec.regularization, built);
  return { data, total: extra ? (tf.add(sum, extra) as Scalar) : sum };
}

/** Whether the loss of a net that ends in a hierarchical softmax is that of the label alone. */
const goesAlongPaths = ({ loss }: Pick<TrainSpec, 'loss'>, { layers }: BuiltModel): boolean =>
  layers.at(-1)?.layer.type === 'hierarchical-softmax' &&
  loss.type === 'softmax-cross-entropy' &&
  loss.labelSmoothing === 0;

/** The mean of −log p(label), of the choices on its path: what softmax cross-entropy makes of all log-probabilities. */
function pathLoss({ loss }: Pick<TrainSpec, 'loss'>, choices: Tensor, labels: Tensor): Tensor {
  const losses = tf.neg(tf.sum(choices, 1));
  return tf.mean(loss.type === 'softmax-cross-entropy' ? weighted(native, losses, labels, loss) : losses);
}

/** λa + (1−λ)b */
const mix = (a: Tensor, b: Tensor, share: Tensor): Tensor => tf.add(tf.mul(a, share), tf.mul(b, tf.sub(1, share)));

/** λ₁ Σ|w| + λ₂ Σw², or null if all strengths are 0. */
export function regularizationLoss(strengths: TrainSpec['regularization'], built: BuiltModel): Scalar | null {
  const terms = built.weights
    .filter((weight) => weight.regularized && weight.trainable)
    .flatMap(({ variable: w, ownRegularization }) => {
      const { l1, l2 } = ownRegularization ?? strengths;
      return [
        ...(l1 > 0 ? [tf.mul(tf.sum(tf.abs(w)), l1)] : []),
        ...(l2 > 0 ? [tf.mul(tf.sum(tf.square(w)), l2)] : []),
      ];
    });
  return terms.length > 0 ? (tf.addN(terms) as Scalar) : null;
}
