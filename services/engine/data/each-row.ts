/** Rows of a split in the order of the data, wherever they lie: what is fitted on them is the same to the bit. */
import { eachChunk } from './chunks.ts';
import { type InputLayout, inputWidth, type StoredExamples } from './data-set.ts';

/** Visits the inputs of each row; a row starts at `at`. */
export type EachRow = (visit: (values: ArrayLike<number>, at: number) => void) => void;

export function eachRowInMemory(
  inputs: Pick<InputLayout, 'shape'> & { readonly values: ArrayLike<number> },
  rows: Int32Array,
): EachRow {
  const width = inputWidth(inputs);
  const ordered = rows.slice().sort();
  return (visit) => {
    for (const row of ordered) visit(inputs.values, row * width);
  };
}

/** One pass over all examples. */
export function eachStoredRow(data: StoredExamples, rows: Int32Array): EachRow {
  const width = inputWidth(data.inputs);
  const wanted = new Uint8Array(data.inputs.shape[0] ?? 0);
  for (const row of rows) wanted[row] = 1;
  return (visit) =>
    eachChunk(data, ({ first, count, inputs }) => {
      for (let i = 0; i < count; i++) if (wanted[first + i]) visit(inputs, i * width);
    });
}
