/** Loss and score of outputs, however they came about. */
import type { TrainSpec } from '@anneal/schemas';
import type { Tensor } from '@tensorflow/tfjs';
import type { Judged } from '../checkpoint.ts';
import type { DataSet } from '../data/data-set.ts';
import { takeLabels } from '../data/take-rows.ts';
import { OWN_LOSS_BATCH, ownLossValue } from '../own-code/own-loss.ts';
import { perExampleLoss } from '../step/loss.ts';
import { scoped, tf } from '../tensorflow.ts';
import { asLabels } from './label-tensor.ts';
import { largest } from './largest.ts';

/** Rows whose losses are computed at once. */
const ROWS = 4096;

/** Mean data loss, and mean score: the share of right classes, or −loss for numbers. `outputs` has one row for each of `rows`. */
export function judge(
  spec: Pick<TrainSpec, 'loss'>,
  data: Pick<DataSet, 'labels'>,
  outputs: Float32Array,
  rows: Int32Array,
): Judged {
  const { labels } = data;
  const width = outputs.length / rows.length;
  const shape = labels.kind === 'class' ? [width] : labels.shape;
  let [loss, right] = [0, 0];
  const together = spec.loss.type === 'module' ? OWN_LOSS_BATCH : ROWS;
  for (let from = 0; from < rows.length; from += together) {
    const taken = rows.subarray(from, from + together);
    const truth = takeLabels(data, taken);
    const own = outputs.subarray(from * width, (from + taken.length) * width);
    loss += scoped(() => {
      const output = tf.tensor(own, [taken.length, ...shape]);
      return summedLoss(spec, output, asLabels(data, truth, taken.length));
    });
    if (labels.kind !== 'class') continue;
    truth.forEach((label, i) => {
      if (largest(own, i * width, width) === label) right += 1;
    });
  }
  return { loss: loss / rows.length, score: (labels.kind === 'class' ? right : -loss) / rows.length };
}

function summedLoss(spec: Pick<TrainSpec, 'loss'>, output: Tensor, labels: Tensor): number {
  if (spec.loss.type === 'module') return ownLossValue(spec.loss, output, labels) * labels.shape[0]!;
  let sum = 0;
  for (const one of perExampleLoss(spec, output, labels).dataSync()) sum += one;
  return sum;
}
