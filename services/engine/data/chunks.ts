/** All examples in their order, a few at a time, wherever they lie. */
import { type DataSet, exampleBytes, inputWidth, labelWidth, type StoredExamples } from './data-set.ts';
import type { LoadedData } from './load.ts';
import { type InputValues, type LabelValues, newInputs, newLabels, withReader } from './stored/stored-rows.ts';

/** Neighbouring examples; the memory is used again for the next ones. */
export interface Chunk {
  /** Row of the first. */
  readonly first: number;
  readonly count: number;
  /** Prepared, not scaled. */
  readonly inputs: InputValues;
  readonly labels: LabelValues;
}

type Examples = Pick<LoadedData, 'inputs' | 'labels'> | StoredExamples;

const BYTES = 4 * 2 ** 20;

/** One chunk where they lie in memory, else some mebibytes each. */
export function eachChunk(data: Examples, visit: (chunk: Chunk) => void): void {
  const [rows = 0] = data.inputs.shape;
  if (!('stored' in data)) {
    visit({ first: 0, count: rows, inputs: data.inputs.values, labels: data.labels.values });
    return;
  }
  const { inputs, labels, stored } = data;
  const most = Math.min(rows, Math.max(1, Math.floor(BYTES / exampleBytes(inputs, labels))));
  const held = {
    inputs: newInputs(inputs, most * inputWidth(inputs)),
    labels: newLabels(labels, most * labelWidth(labels)),
  };
  withReader(stored, (reader) => {
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const range = Int32Array.from({ length: count }, (_row, i) => first + i);
      reader.inputs(range, held.inputs);
      reader.labels(range, held.labels);
      visit({ first, count, ...held });
    }
  });
}

/** Which split each row is of: 1 training, 2 validation, 3 test, 0 none. A byte a row. */
export function splitOfRows({ inputs, splits }: Pick<DataSet, 'inputs' | 'splits'>): Uint8Array {
  const found = new Uint8Array(inputs.shape[0] ?? 0);
  for (const row of splits.training) found[row] = 1;
  for (const row of splits.validation) found[row] = 2;
  for (const row of splits.test) found[row] = 3;
  return found;
}
