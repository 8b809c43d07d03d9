/** The few numbers about the data that a diagnosis asks for, over the training split and as the model gets the inputs. */
import type { DataSummary, InputSummary, LabelSummary } from '@anneal/diagnose';
import type { LoadedData } from '@anneal/engine';

/** A fair sample is enough: splits are in shuffled order. */
const ROWS = 2000;

export function summarise(data: LoadedData): DataSummary {
  const { training, validation } = data.splits;
  const rows = training.subarray(0, ROWS);
  return {
    training: training.length,
    validation: validation.length,
    inputs: inputSummary(data, rows),
    labels: labelSummary(data, training, rows),
  };
}

function inputSummary({ inputs, scale }: LoadedData, rows: Int32Array): InputSummary {
  const width = inputs.shape.slice(1).reduce((a, b) => a * b, 1);
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows)
    for (let j = 0; j < width; j++) {
      const x = inputs.values[row * width + j]! * scale.multiply + scale.add;
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

function labelSummary({ labels }: LoadedData, training: Int32Array, rows: Int32Array): LabelSummary {
  if (labels.kind === 'class') {
    const counts = new Array<number>(labels.classes).fill(0);
    for (const row of training) counts[labels.values[row]!]! += 1;
    return { kind: 'class', counts };
  }
  const width = labels.shape.reduce((a, b) => a * b, 1);
  const values = [...rows].flatMap((row) => [...labels.values.subarray(row * width, (row + 1) * width)]);
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
