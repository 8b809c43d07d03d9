/** The few numbers about the data that a diagnosis asks for, over the training split and as the model gets the inputs. */
import type { DataSummary, InputSummary, LabelSummary } from '@anneal/diagnose';
import { type DataSet, takeInputs, takeLabels } from '@anneal/engine';

/** A fair sample is enough: splits are in shuffled order. */
const ROWS = 2000;

export function summarise(data: DataSet): DataSummary {
  const { training, validation } = data.splits;
  const rows = training.subarray(0, ROWS);
  return {
    training: training.length,
    validation: validation.length,
    inputs: inputSummary(data, rows),
    labels: labelSummary(data, training, rows),
  };
}

function inputSummary(data: DataSet, rows: Int32Array): InputSummary {
  const width = data.inputs.shape.slice(1).reduce((a, b) => a * b, 1);
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const values = takeInputs(data, rows);
  for (let row = 0; row < rows.length; row++)
    for (let j = 0; j < width; j++) {
      const x = values[row * width + j]!;
      sums[j]! += x;
      squares[j]! += x * x;
      if (x < least) least = x;
      if (x > most) most = x;
    }
  const means = sums.map((sum) => sum / rows.length);
  const variances = squares.map((square, j) => Math.max(0, square / rows.length - means[j]! ** 2));
  // Rounding leaves a constant a variance just above 0.
  const moving = [...variances.keys()].filter((j) => variances[j]! > 1e-9 * means[j]! ** 2);
  const deviations = moving.map((j) => Math.sqrt(variances[j]!));
  const mean = average(means);
  const spread = average(squares) / rows.length - mean ** 2;
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, spread)),
    least,
    most,
    leastDeviation: smallest(deviations),
    mostDeviation: -smallest(deviations.map((value) => -value)),
  };
}

function labelSummary(data: DataSet, training: Int32Array, rows: Int32Array): LabelSummary {
  const { labels } = data;
  if (labels.kind === 'class') {
    const counts = new Array<number>(labels.classes).fill(0);
    for (const label of takeLabels(data, training.slice().sort())) counts[label]! += 1;
    return { kind: 'class', counts };
  }
  const values = [...takeLabels(data, rows)];
  const mean = average(values);
  return {
    kind: 'values',
    mean,
    deviation: Math.sqrt(average(values.map((value) => (value - mean) ** 2))),
    least: smallest(values),
    most: -smallest(values.map((value) => -value)),
    binary: values.every((value) => value === 0 || value === 1),
  };
}

const smallest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const average = (values: ArrayLike<number>): number =>
  (Array.prototype.reduce.call(values, (sum: unknown, value: unknown) => Number(sum) + Number(value), 0) as number) /
  values.length;
