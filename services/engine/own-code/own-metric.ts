/** The metrics of users' modules: each a scalar, of the outputs of a split. */
import {
  METRIC_ROWS,
  type MetricValues,
  moduleOf,
  type OwnMetric,
  type OwnMetrics,
  type RecordAsk,
} from '@anneal/schemas';
import type { DataSet } from '../data/data-set.ts';
import { takeLabels } from '../data/take-rows.ts';
import { asLabels } from '../evaluation/label-tensor.ts';
import { scoped, tf } from '../tensorflow.ts';
import { asTaken, judgedAsk } from './own-loss.ts';
import { recordedFunctionOf } from './recorder.ts';
import { replayed } from './replay.ts';

type Labelled = Pick<DataSet, 'labels'>;

/** `outputs` has one row for each of `rows`. Above METRIC_ROWS examples it is the mean over runs of so many and the rest, weighted by their sizes. */
export function ownMetrics(metrics: OwnMetrics, data: Labelled, outputs: Float32Array, rows: Int32Array): MetricValues {
  const values = Object.entries(metrics).map(([name, metric]) => {
    let value = 0;
    for (const [from, size] of runsOf(rows.length))
      value += (metricOf(metric, data, outputs, rows, from, size) * size) / rows.length;
    return [name, Number.isFinite(value) ? value : null] as const;
  });
  return Object.fromEntries(values);
}

/** First example and size of what is taken at once. */
const runsOf = (examples: number): [from: number, size: number][] =>
  Array.from({ length: Math.ceil(examples / METRIC_ROWS) }, (_run, i) => [
    i * METRIC_ROWS,
    Math.min(METRIC_ROWS, examples - i * METRIC_ROWS),
  ]);

function metricOf(
  metric: OwnMetric,
  data: Labelled,
  outputs: Float32Array,
  rows: Int32Array,
  from: number,
  size: number,
): number {
  const width = outputs.length / rows.length;
  const taken = rows.subarray(from, from + size);
  return scoped(() => {
    const own = outputs.slice(from * width, (from + size) * width);
    const predictions = tf.tensor(own, [size, ...outputShape(data)]);
    const labels = asTaken(metric, asLabels(data, takeLabels(data, taken), size), predictions);
    const fn = recordedFunctionOf(moduleOf(metric), metricAsk(metric, data, size));
    return replayed(fn, [labels, predictions])[0]!.dataSync()[0]!;
  });
}

const outputShape = ({ labels }: Labelled): readonly number[] =>
  labels.kind === 'class' ? [labels.classes] : labels.shape;

const metricAsk = (metric: OwnMetric, data: Labelled, rows: number): RecordAsk =>
  judgedAsk('metric', metric, rows, outputShape(data), data.labels.kind === 'class' ? null : data.labels.shape);

/** What has to be recorded for splits of these sizes. */
export const metricAsks = (metric: OwnMetric, data: Labelled, splits: readonly number[]): RecordAsk[] =>
  [...new Set(splits.flatMap((examples) => runsOf(examples).map(([, size]) => size)))].map((size) =>
    metricAsk(metric, data, size),
  );
