/** The loss of a user's module: a scalar, the mean over the examples of a batch. */
import { type Loss, moduleOf, type TensorType } from '@anneal/schemas';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';
import { recordedFunctionOf } from './recorder.ts';
import { differentiable, replayed } from './replay.ts';

export type ModuleLoss = Extract<Loss, { type: 'module' }>;

/** Examples of a batch in an evaluation; the rest are a smaller one. */
export const OWN_LOSS_BATCH = 100;

/** With its gradient for the output. `labels` as the engine has them: int32 [batch], or float32 [batch, …]. */
export function ownLoss(spec: ModuleLoss, output: Tensor, labels: Tensor): Scalar {
  const given = asTaken(spec, labels, output);
  return differentiable(functionFor(spec, output, given), [given, output], [1]) as Scalar;
}

/** Its value alone. */
export function ownLossValue(spec: ModuleLoss, output: Tensor, labels: Tensor): number {
  const given = asTaken(spec, labels, output);
  return replayed(functionFor(spec, output, given), [given, output])[0]!.dataSync()[0]!;
}

const functionFor = (spec: ModuleLoss, output: Tensor, labels: Tensor) =>
  recordedFunctionOf(moduleOf(spec), { of: 'loss', labels: typeOf(labels), predictions: typeOf(output) });

const typeOf = ({ shape, dtype }: Tensor): TensorType => ({ shape: [...shape], dtype: dtype as 'float32' });

type Taking = Pick<ModuleLoss, 'labels'>;

/** Labels as a loss or a metric takes them: classes as rows with a 1, where it wants that. */
export function asTaken({ labels: form }: Taking, labels: Tensor, output: Tensor): Tensor {
  if (labels.dtype !== 'int32' || form === 'index') return labels;
  return tf.cast(tf.oneHot(labels as never, output.shape.at(-1)!), 'float32');
}

/** What has to be recorded for a batch of so many examples. `output` and `labels` without the rows; null for labels that are classes. */
export function judgedAsk<Of extends 'loss' | 'metric'>(
  of: Of,
  { labels: form }: Taking,
  rows: number,
  output: readonly number[],
  labels: readonly number[] | null,
) {
  const index: TensorType = { shape: [rows], dtype: 'int32' };
  const rowsOf = (shape: readonly number[]): TensorType => ({ shape: [rows, ...shape], dtype: 'float32' });
  const given = labels ? rowsOf(labels) : form === 'index' ? index : rowsOf(output);
  return { of, labels: given, predictions: rowsOf(output) };
}
