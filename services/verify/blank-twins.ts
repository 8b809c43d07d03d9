/** A few training examples, and their twins whose inputs are 0. */
import { type DataSet, type LoadedData, rowsInMemory } from '@anneal/engine';

/** Numbers that one label has. */
export const labelWidth = (labels: DataSet['labels']): number =>
  labels.kind === 'class' ? 1 : labels.shape.reduce((a, b) => a * b, 1);

/** The first training rows, alone, and then the same again with inputs of 0. */
export function withBlankTwins(data: DataSet, most: number): LoadedData {
  const rows = data.splits.training.slice(0, most);
  const twins = rowsInMemory(data, Int32Array.from([...rows, ...rows]));
  twins.inputs.values.fill(0, twins.inputs.values.length / 2);
  return twins;
}
