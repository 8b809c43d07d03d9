/** Seeded, disjoint training, validation and test splits, as row numbers. */
import { AnnealError, foldBounds, type SplitRequest as SplitSizesRequest, splitSizes } from '@anneal/schemas';
import { mix, permutation } from './permutation.ts';

export interface Splits {
  readonly training: Int32Array<ArrayBuffer>;
  readonly validation: Int32Array<ArrayBuffer>;
  readonly test: Int32Array<ArrayBuffer>;
}

export interface SplitRequest extends SplitSizesRequest {
  readonly seed: number;
}

/**
 * Splits rows 0 … rows−1. The training split is in shuffled order, so its first n rows are a fair sample of it; the others are in the order
 * of the data, so that they are read from a disk, and predicted, from first to last.
 *
 * With `limit`, that many examples are used in all and the splits keep their proportions: each is cut to its first rows as shuffled.
 * So a row never moves to another split when the limit changes, and a small trial can't train on what the full run tests on.
 * A share above 0 gets at least one row.
 *
 * @throws AnnealError `invalid_spec` when no example is left to train on
 */
export function splitRows(request: SplitRequest): Splits {
  const { rows, seed } = request;
  const sizes = splitSizes(request);
  const full = splitSizes({ ...request, limit: undefined });
  const [beside, test] = apart(request, full.test, permutation(rows, mix(seed, 1)));
  const rest = request.fold ? foldFirst(beside, request.fold) : beside;
  if (sizes.training < 1) {
    throw new AnnealError(
      'invalid_spec',
      `data.split: of ${Math.min(rows, request.limit ?? rows)} examples ${sizes.validation} validate and ${sizes.test} test, which leaves none to train on; lower the shares or use more examples`,
      'data.split',
    );
  }
  return {
    training: rest.slice(full.validation, full.validation + sizes.training),
    validation: rest.slice(0, sizes.validation).sort(),
    test: test.slice(0, sizes.test).sort(),
  };
}

/** The rows of the fold before all others. */
function foldFirst(rows: Int32Array<ArrayBuffer>, fold: NonNullable<SplitRequest['fold']>): Int32Array<ArrayBuffer> {
  const [from] = foldBounds(fold, rows.length);
  const turned = new Int32Array(rows.length);
  turned.set(rows.subarray(from));
  turned.set(rows.subarray(0, from), rows.length - from);
  return turned;
}

/** The rows beside the test split, and the test split. */
function apart({ rows, publishedTest, test }: SplitRequest, tested: number, order: Int32Array<ArrayBuffer>) {
  if (test !== undefined) return [order.subarray(tested), order.subarray(0, tested)] as const;
  const border = rows - publishedTest;
  return [order.filter((row) => row < border), order.filter((row) => row >= border)] as const;
}
