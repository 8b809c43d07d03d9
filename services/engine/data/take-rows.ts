/** Rows of a loaded data set as the model gets them, one after the other. */
import type { Inputs, LoadedData } from './load.ts';

const widthOf = ({ shape }: Inputs): number => shape.slice(1).reduce((a, b) => a * b, 1);

/** Inputs, scaled. */
export function takeInputs({ inputs, scale }: Pick<LoadedData, 'inputs' | 'scale'>, rows: Int32Array): Float32Array {
  const width = widthOf(inputs);
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) taken[i * width + j] = inputs.values[row * width + j]! * scale.multiply + scale.add;
  });
  return taken;
}

/** The class of each row, or its numbers. */
export function takeLabels({ labels }: Pick<LoadedData, 'labels'>, rows: Int32Array): Int32Array | Float32Array {
  if (labels.kind === 'class') return Int32Array.from(rows, (row) => labels.values[row]!);
  const width = labels.shape.reduce((a, b) => a * b, 1);
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    taken.set(labels.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return taken;
}

/** Shape of the labels of so many rows. */
export const labelShape = ({ labels }: Pick<LoadedData, 'labels'>, rows: number): number[] =>
  labels.kind === 'class' ? [rows] : [rows, ...labels.shape];
