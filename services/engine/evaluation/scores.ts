/** Scores of outputs on some rows. */
import type { OwnMetrics, Scores } from '@anneal/schemas';
import type { DataSet } from '../data/data-set.ts';
import { takeLabels } from '../data/take-rows.ts';
import { ownMetrics } from '../own-code/own-metric.ts';
import { classScores } from './class-scores.ts';
import { valueScores } from './value-scores.ts';

/** Numbers of output held at once: 256 MiB of them. */
export const MOST_SCORED_NUMBERS = 2 ** 26;

/** How many numbers the model answers for a row. */
export const outputWidth = ({ labels }: Pick<DataSet, 'labels'>): number =>
  labels.kind === 'class' ? labels.classes : labels.shape.reduce((a, b) => a * b, 1);

/** Null where the outputs of the rows would not fit into memory. */
export function scoresOf(
  predict: (rows: Int32Array) => Float32Array,
  data: Pick<DataSet, 'labels' | 'classNames'>,
  rows: Int32Array,
  metrics?: OwnMetrics,
): Scores | null {
  const width = outputWidth(data);
  if (rows.length * width > MOST_SCORED_NUMBERS) return null;
  const outputs = predict(rows);
  const own = takeLabels(data, rows);
  const scores =
    own instanceof Float32Array ? valueScores(outputs, own, width) : classScores(outputs, own, classNamesOf(data));
  return metrics ? { ...scores, metrics: ownMetrics(metrics, data, outputs, rows) } : scores;
}

/** Names of the classes, in their order: their numbers where they have none. */
export const classNamesOf = (data: Pick<DataSet, 'labels' | 'classNames'>): string[] =>
  Array.from({ length: outputWidth(data) }, (_name, k) => data.classNames?.[k] ?? String(k));
