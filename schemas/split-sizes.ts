/** How many examples each split gets, known before any of them is read. */
export interface SplitRequest {
  /** All rows, the published test set included. */
  readonly rows: number;
  /** Rows that the publisher set aside to test on; 0 when there are none. */
  readonly publishedTest: number;
  /** Share of the rows that remain beside the test split. */
  readonly validation: number;
  /** In the place of the share: the part of that index out of `of` equal ones. */
  readonly fold?: { readonly of: number; readonly index: number } | undefined;
  /** Share of all rows; undefined for the published test set. */
  readonly test?: number | undefined;
  /** Examples to use in all; the splits keep their proportions. */
  readonly limit?: number | undefined;
}

export interface SplitSizes {
  /** 0 or less when no example is left to train on. */
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

/** A share above 0 gets at least one row. */
export function splitSizes({ rows, publishedTest, validation, fold, test, limit }: SplitRequest): SplitSizes {
  const tested = test === undefined ? publishedTest : share(test, rows);
  const [from, to] = fold ? foldBounds(fold, rows - tested) : [0, share(validation, rows - tested)];
  const validated = to - from;
  const kept = Math.min(rows, limit ?? rows);
  const sizes = { test: portion(tested, kept, rows), validation: portion(validated, kept, rows) };
  const training = Math.min(rows - tested - validated, kept - sizes.test - sizes.validation);
  return { ...sizes, training };
}

/** Rows [from, to) of the fold among `rows`. */
export const foldBounds = ({ of, index }: { of: number; index: number }, rows: number): [number, number] => [
  Math.floor((index * rows) / of),
  Math.floor(((index + 1) * rows) / of),
];

const share = (fraction: number, rows: number): number =>
  fraction === 0 ? 0 : Math.min(rows, Math.max(1, Math.round(fraction * rows)));

const portion = (size: number, kept: number, rows: number): number =>
  size === 0 || rows === 0 ? 0 : Math.max(1, Math.round((size * kept) / rows));
