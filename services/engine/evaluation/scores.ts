/** Scores of outputs on some rows. */
import type { Scores } from '@anneal/schemas';
import type { LoadedData } from '../data/load.ts';
import { classScores } from './class-scores.ts';
import { valueScores } from './value-scores.ts';

/** Numbers of output held at once: 256 MiB of them. */
const MOST_NUMBERS = 2 ** 26;

/** How many numbers the model answers for a row. */
export const outputWidth = ({ labels }: Pick<LoadedData, 'labels'>): number =>
  labels.kind === 'class' ? labels.classes : labels.shape.reduce((a, b) => a * b, 1);

/** Null where the outputs of the rows would not fit into memory. */
export function scoresOf(
  predict: (rows: Int32Array) => Float32Array,
  data: Pick<LoadedData, 'labels' | 'classNames'>,
  rows: Int32Array,
): Scores | null {
  const { labels, classNames } = data;
  const width = outputWidth(data);
  if (rows.length * width > MOST_NUMBERS) return null;
  const outputs = predict(rows);
  if (labels.kind === 'class') {
    const names = Array.from({ length: labels.classes }, (_value, k) => classNames?.[k] ?? String(k));
    return classScores(
      outputs,
      Int32Array.from(rows, (row) => labels.values[row]!),
      names,
    );
  }
  const own = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    own.set(labels.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return valueScores(outputs, own, width);
}
