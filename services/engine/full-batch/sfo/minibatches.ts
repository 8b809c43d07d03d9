/** The fixed minibatches of SFO: a pure function of the seed, the number of training examples and N. */
import { minibatchesOf, type SfoOptions } from '@anneal/schemas';
import { mix, permutation } from '../../data/permutation.ts';
import type { StepOrder, StepRows } from '../../loop/order.ts';
import { splitBatch } from '../../step/split-batch.ts';

/** So that the cut is not the batch order of an epoch. */
const OWN = 0x5f01;

/** Rows of each, in the order of the data; the first ones have one row more where they can't all be of one size. */
export function minibatchRows(options: SfoOptions, training: Int32Array, seed: number): Int32Array[] {
  const parts = minibatchesOf(options, training.length);
  const shuffled = permutation(training.length, mix(seed, OWN)).map((place) => training[place]!);
  const start = (i: number) => i * Math.floor(training.length / parts) + Math.min(i, training.length % parts);
  return Array.from({ length: parts }, (_part, i) => shuffled.slice(start(i), start(i + 1)).sort());
}

/** Sizes of the batches that minibatches are looked at in, the largest first. */
export const batchesOf = (minibatches: readonly Int32Array[], batchSize: number): number[] =>
  [...new Set(minibatches.flatMap(({ length }) => splitBatch(length, batchSize)))].sort((a, b) => b - a);

/** A step is given all minibatches, one after the other: the rule decides which one it looks at. An epoch is as many steps. */
export class MinibatchOrder implements StepOrder {
  readonly stepsPerEpoch: number;
  readonly batches: readonly number[];
  private readonly rows: Int32Array;

  constructor(minibatches: readonly Int32Array[], batchSize: number) {
    this.stepsPerEpoch = minibatches.length;
    this.batches = batchesOf(minibatches, batchSize);
    this.rows = Int32Array.from(minibatches.flatMap((rows) => [...rows]));
  }

  take(): StepRows {
    return { rows: this.rows, batch: this.rows.length, steps: 1 };
  }
}
