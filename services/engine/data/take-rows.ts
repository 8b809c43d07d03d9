/** Rows of a data set by their numbers, one after the other, wherever they lie. */
import { type DataSet, inputWidth, isStreamed, labelWidth } from './data-set.ts';
import type { Inputs, Labels, LoadedData } from './load.ts';
import { type InputValues, type LabelValues, newInputs, newLabels, withReader } from './stored/stored-rows.ts';

/** Inputs as the graph holds them: prepared, not scaled. */
export function takeRawInputs({ inputs, ...data }: Pick<DataSet, 'inputs' | 'labels'>, rows: Int32Array): InputValues {
  const width = inputWidth(inputs);
  const taken = newInputs(inputs, rows.length * width);
  if (isStreamed(data)) withReader(data.stored, (reader) => reader.inputs(rows, taken));
  else pick((inputs as Inputs).values, width, rows, taken);
  return taken;
}

/** Inputs as the model gets them. */
export function takeInputs(data: Pick<DataSet, 'inputs' | 'labels' | 'scale'>, rows: Int32Array): Float32Array {
  const { multiply, add } = data.scale;
  const raw = takeRawInputs(data, rows);
  const scaled = new Float32Array(raw.length);
  for (let i = 0; i < raw.length; i++) scaled[i] = raw[i]! * multiply + add;
  return scaled;
}

/** The class of each row, or its numbers. */
export function takeLabels(data: Pick<DataSet, 'labels'>, rows: Int32Array): LabelValues {
  const width = labelWidth(data.labels);
  const taken = newLabels(data.labels, rows.length * width);
  if (isStreamed(data)) withReader(data.stored, (reader) => reader.labels(rows, taken));
  else pick((data.labels as Labels).values, width, rows, taken);
  return taken;
}

function pick(values: InputValues | LabelValues, width: number, rows: Int32Array, into: InputValues | LabelValues) {
  if (width === 1) for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]!]!;
  else
    for (let i = 0; i < rows.length; i++)
      into.set(values.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
}

/** A few rows as a data set of their own in memory, all of them to train on. */
export function rowsInMemory(data: DataSet, rows: Int32Array): LoadedData {
  const { inputs, labels, scale, source, preprocessing, classNames } = data;
  const shape = [rows.length, ...inputs.shape.slice(1)];
  const none = new Int32Array(0);
  return {
    ...{ scale, source, ...(preprocessing && { preprocessing }), ...(classNames && { classNames }) },
    inputs: { dtype: inputs.dtype, shape, values: takeRawInputs(data, rows) } as Inputs,
    labels: { ...labels, values: takeLabels(data, rows) } as Labels,
    splits: { training: Int32Array.from(rows.keys()), validation: none, test: none },
  };
}

/** Shape of the labels of so many rows. */
export const labelShape = ({ labels }: Pick<DataSet, 'labels'>, rows: number): number[] =>
  labels.kind === 'class' ? [rows] : [rows, ...labels.shape];
