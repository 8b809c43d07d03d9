/** Brings examples to where the graph gathers them from: the variables INPUTS and LABELS of a program. */

export interface Feed {
  /** Rows of the variables. */
  readonly capacity: number;
  /**
   * Where rows of the data lie in the variables, after bringing them there if need be.
   * @param rows at most `capacity` different ones
   * @param window that the rows are of, if they are of one; the next one is read meanwhile
   */
  place(rows: Int32Array, window?: number): Int32Array;
  close(): void;
}

/** All rows, a few at a time: pieces of which each fits, of a multiple of `batch` rows but for the last. */
export function* pieces(feed: Feed, rows: Int32Array, batch: number): Generator<Int32Array> {
  const most = Math.max(batch, Math.floor(feed.capacity / batch) * batch);
  for (let from = 0; from < rows.length; from += most) yield rows.subarray(from, from + most);
}
