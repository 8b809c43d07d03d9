/**
 * The common answer of the members of an ensemble, as outputs that the loss takes like a single model's: log 1/M Σ softmax(z_m) for the
 * mean of probabilities (its softmax is that mean), the logit of 1/M Σ σ(z_m) for a sigmoid, 1/M Σ z_m for logits and for numbers.
 */
import { probabilityOf, type TrainSpec } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import { type BuiltModel, outputsOf } from '../model/build.ts';
import { tf } from '../tensorflow.ts';

/** Below it a probability counts as it. */
const LEAST = 1e-37;

/** [batch, …] */
export function commonAnswer({ loss }: Pick<TrainSpec, 'loss'>, built: BuiltModel, inputs: Tensor): Tensor {
  const outputs = outputsOf(built, inputs, false);
  if (!built.ensemble) return outputs[0]!;
  const link = built.ensemble.average === 'logits' ? null : probabilityOf(loss);
  if (link === null) return mean(outputs);
  if (link === 'softmax') return safeLog(mean(outputs.map((z) => tf.softmax(z))));
  const p = mean(outputs.map((z) => tf.sigmoid(z)));
  return tf.sub(safeLog(p), safeLog(tf.sub(1, p)));
}

const mean = (tensors: readonly Tensor[]): Tensor => tf.div(tf.addN([...tensors]), tensors.length);
const safeLog = (p: Tensor): Tensor => tf.log(tf.maximum(p, LEAST));
