/** Seeded, disjoint training, validation and test splits, as row numbers. */
import { AnnealError } from '@anneal/schemas';
import { mix, permutation } from './permutation.ts';

export interface Splits {
  readonly training: Int32Array<ArrayBuffer>;
  readonly validation: Int32Array<ArrayBuffer>;
  readonly test: Int32Array<ArrayBuffer>;
}

export interface SplitRequest {
  /** All rows, the published test set included. */
  readonly rows: number;
  /** Rows at the end that the publisher set aside to test on; 0 when there are none. */
  readonly publishedTest: number;
  /** Share of the rows that remain beside the test split. */
  readonly validation: number;
  /** Share of all rows, drawn anew over the whole set; undefined for the published test set. */
  readonly test?: number | undefined;
  /** Examples to use in all. */
  readonly limit?: number | undefined;
  readonly seed: number;
}

/**
 * Splits rows 0 … rows−1. Each split is in shuffled order, so its first n rows are a fair sample of it.
 *
 * With `limit`, that many examples are used in all and the splits keep their proportions: each is cut to its first rows.
 * So a row never moves to another split when the limit changes, and a small trial can't train on what the full run tests on.
 * A share above 0 gets at least one row.
 *
 * @throws AnnealError `invalid_spec` when no example is left to train on
 */
export function splitRows(request: SplitRequest): Splits {
  const { rows, seed } = request;
  const [rest, test] = apart(request, permutation(rows, mix(seed, 1)));
  const held = share(request.validation, rest.length);
  const full = { test, validation: rest.subarray(0, held), training: rest.subarray(held) };
  const kept = Math.min(rows, request.limit ?? rows);
  const sizes = { test: portion(test.length, kept, rows), validation: portion(held, kept, rows) };
  const training = Math.min(full.training.length, kept - sizes.test - sizes.validation);
  if (training < 1) {
    throw new AnnealError(
      'invalid_spec',
      `data.split: of ${kept} examples ${sizes.validation} validate and ${sizes.test} test, which leaves none to train on; lower the shares or use more examples`,
      'data.split',
    );
  }
  return {
    training: full.training.slice(0, training),
    validation: full.validation.slice(0, sizes.validation),
    test: full.test.slice(0, sizes.test),
  };
}

/** The rows beside the test split, and the test split. */
function apart({ rows, publishedTest, test }: SplitRequest, order: Int32Array<ArrayBuffer>) {
  if (test !== undefined) {
    const held = share(test, rows);
    return [order.subarray(held), order.subarray(0, held)] as const;
  }
  const border = rows - publishedTest;
  return [order.filter((row) => row < border), order.filter((row) => row >= border)] as const;
}

function share(fraction: number, rows: number): number {
  return fraction === 0 ? 0 : Math.min(rows, Math.max(1, Math.round(fraction * rows)));
}

function portion(size: number, kept: number, rows: number): number {
  return size === 0 ? 0 : Math.max(1, Math.round((size * kept) / rows));
}
