/**
 * Which rows a step trains: a pure function of (seed, step). Every epoch shuffles the training split anew; its last step trains what
 * is left over.
 */
import { isFullBatch, type TrainSpec } from '@anneal/schemas';
import { mix, permutation } from '../data/permutation.ts';

export class BatchOrder {
  readonly stepsPerEpoch: number;
  private epoch = -1;
  private shuffled = new Int32Array(0);

  constructor(
    private readonly training: Int32Array,
    private readonly batchSize: number,
    private readonly seed: number,
  ) {
    this.stepsPerEpoch = Math.ceil(training.length / batchSize);
  }

  /** Batch sizes that occur, the common one first. */
  get batches(): number[] {
    const { length } = this.training;
    const remainder = length % this.batchSize;
    if (length < this.batchSize) return [length];
    return remainder === 0 ? [this.batchSize] : [this.batchSize, remainder];
  }

  /** Rows of up to `most` steps of one batch size from step `step` (from 0) on, within one epoch. */
  take(step: number, most: number): { rows: Int32Array; batch: number; steps: number } {
    const epoch = Math.floor(step / this.stepsPerEpoch);
    const within = step - epoch * this.stepsPerEpoch;
    this.shuffle(epoch);
    const from = within * this.batchSize;
    const left = this.shuffled.length - from;
    if (left < this.batchSize) return { rows: this.shuffled.subarray(from), batch: left, steps: 1 };
    const steps = Math.min(most, Math.floor(left / this.batchSize));
    return { rows: this.shuffled.subarray(from, from + steps * this.batchSize), batch: this.batchSize, steps };
  }

  private shuffle(epoch: number): void {
    if (this.epoch === epoch) return;
    const order = permutation(this.training.length, mix(this.seed, epoch));
    this.shuffled = order.map((index) => this.training[index]!);
    this.epoch = epoch;
  }
}

/** Which rows a step of a spec trains, and the sizes of the batches that the plan is built for. A step of a full-batch rule takes all rows. */
export function batchOrder(
  { update, batchSize, accumulate, seed }: Pick<TrainSpec, 'update' | 'batchSize' | 'accumulate' | 'seed'>,
  training: Int32Array,
): { order: BatchOrder; batches: readonly number[] } {
  const order = new BatchOrder(training, batchSize * accumulate, seed);
  const minibatch = !isFullBatch(update) || ('minibatch' in update && update.minibatch);
  return { order: minibatch ? order : new BatchOrder(training, training.length, seed), batches: order.batches };
}
