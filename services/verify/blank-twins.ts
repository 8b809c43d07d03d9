/** A few training examples, and their twins whose inputs are 0. */
import { type DataSet, type LoadedData, rowsInMemory } from '@anneal/engine';

/** The first training rows, alone, and then the same again with inputs of 0. */
export function withBlankTwins(data: DataSet, most: number): LoadedData {
  const rows = data.splits.training.slice(0, most);
  const twins = rowsInMemory(data, Int32Array.from([...rows, ...rows]));
  twins.inputs.values.fill(0, twins.inputs.values.length / 2);
  return twins;
}
