/** Loss and score of outputs, however they came about. */
import type { TrainSpec } from '@anneal/schemas';
import type { Judged } from '../checkpoint.ts';
import type { LoadedData } from '../data/load.ts';
import { perExampleLoss } from '../step/loss.ts';
import { scoped, tf } from '../tensorflow.ts';
import { largest } from './largest.ts';

/** Rows whose losses are computed at once. */
const ROWS = 4096;

/** Sums over the rows of [data loss, score]; the score is 1 for the right class, or −loss for numbers. `outputs` has one row for each of `rows`. */
export function judgedSums(
  spec: Pick<TrainSpec, 'loss'>,
  { labels }: Pick<LoadedData, 'labels'>,
  outputs: Float32Array,
  rows: Int32Array,
): Judged {
  const width = outputs.length / rows.length;
  const shape = labels.kind === 'class' ? [width] : labels.shape;
  let [loss, score] = [0, 0];
  for (let from = 0; from < rows.length; from += ROWS) {
    const taken = rows.subarray(from, from + ROWS);
    const own = outputs.subarray(from * width, (from + taken.length) * width);
    const losses = scoped(() =>
      perExampleLoss(spec, tf.tensor(own, [taken.length, ...shape]), labelTensor(labels, taken))
        .dataSync()
        .slice(),
    );
    taken.forEach((row, i) => {
      loss += losses[i]!;
      if (labels.kind === 'values') score -= losses[i]!;
      else if (largest(own, i * width, width) === labels.values[row]) score += 1;
    });
  }
  return { loss, score };
}

function labelTensor(labels: LoadedData['labels'], rows: Int32Array) {
  if (labels.kind === 'class')
    return tf.tensor1d(
      Int32Array.from(rows, (row) => labels.values[row]!),
      'int32',
    );
  const size = labels.shape.reduce((a, b) => a * b, 1);
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    values.set(labels.values.subarray(row * size, (row + 1) * size), i * size);
  });
  return tf.tensor(values, [rows.length, ...labels.shape]);
}
