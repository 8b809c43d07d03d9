/** A few training examples, and their twins whose inputs are 0. */
import type { LoadedData } from '@anneal/engine';

/** Numbers that one label has. */
export const labelWidth = (labels: LoadedData['labels']): number =>
  labels.kind === 'class' ? 1 : labels.shape.reduce((a, b) => a * b, 1);

/** The first training rows, alone, and then the same again with inputs of 0. */
export function withBlankTwins(data: LoadedData, most: number): LoadedData {
  const rows = data.splits.training.slice(0, most);
  const twice = Int32Array.from([...rows, ...rows]);
  const example = data.inputs.shape.slice(1);
  const inputs = pick(data.inputs.values, twice, example);
  inputs.fill(0, inputs.length / 2);
  return {
    ...data,
    inputs: { ...data.inputs, shape: [twice.length, ...example], values: inputs },
    labels:
      data.labels.kind === 'class'
        ? { ...data.labels, values: pick(data.labels.values, twice, []) }
        : { ...data.labels, values: pick(data.labels.values, twice, data.labels.shape) },
    splits: {
      training: Int32Array.from(twice.keys()),
      validation: new Int32Array(0),
      test: new Int32Array(0),
    },
  } as LoadedData;
}

function pick<T extends Uint8Array | Float32Array | Int32Array>(
  values: T,
  rows: Int32Array,
  shape: readonly number[],
): T {
  const width = shape.reduce((a, b) => a * b, 1);
  const picked = new (values.constructor as new (length: number) => T)(rows.length * width);
  rows.forEach((row, i) => {
    picked.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return picked;
}
