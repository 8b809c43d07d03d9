/**
 * Which rows a step trains: a pure function of (seed, step). Every epoch shuffles the training split anew; its last step trains what
 * is left over.
 */
import { isFullBatch, type TrainSpec } from '@anneal/schemas';
import { type DataSet, isStreamed, type StreamedData } from '../data/data-set.ts';
import { mix, permutation } from '../data/permutation.ts';
import { Windows } from '../data/windows.ts';
import { MinibatchOrder, minibatchRows } from '../full-batch/sfo/minibatches.ts';
import { WindowOrder } from './window-order.ts';

export interface StepRows {
  /** Of the steps, one after the other. */
  readonly rows: Int32Array;
  /** Rows of each step. */
  readonly batch: number;
  readonly steps: number;
  /** Of streamed examples: the window that the rows are of, counted over all epochs. */
  readonly window?: number;
}

export interface StepOrder {
  readonly stepsPerEpoch: number;
  /** Batch sizes that occur, the common one first. */
  readonly batches: readonly number[];
  /** Rows of up to `most` steps of one batch size from step `step` (from 0) on, within one epoch. */
  take(step: number, most: number): StepRows;
}

export class BatchOrder implements StepOrder {
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

  get batches(): number[] {
    const { length } = this.training;
    const remainder = length % this.batchSize;
    if (length < this.batchSize) return [length];
    return remainder === 0 ? [this.batchSize] : [this.batchSize, remainder];
  }

  take(step: number, most: number): StepRows {
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

type OrderSpec = Pick<TrainSpec, 'update' | 'batchSize' | 'accumulate' | 'seed'>;

/**
 * Which rows a step of a spec trains, and the sizes of the batches that the plan is built for. A step of a full-batch rule takes all rows; SFO
 * chooses one of its minibatches itself.
 */
export function batchOrder(
  spec: OrderSpec,
  data: Pick<DataSet, 'splits' | 'labels'>,
): { order: StepOrder; batches: readonly number[] } {
  const { training } = data.splits;
  const { update } = spec;
  if (update.rule === 'sfo') {
    const order = new MinibatchOrder(minibatchRows(update, training, spec.seed), spec.batchSize);
    return { order, batches: order.batches };
  }
  const order = isStreamed(data) ? windowOrder(spec, data) : new BatchOrder(training, stepRowsOf(spec), spec.seed);
  const minibatch = !isFullBatch(update) || ('minibatch' in update && update.minibatch);
  return { order: minibatch ? order : new BatchOrder(training, training.length, spec.seed), batches: order.batches };
}

export const stepRowsOf = ({ batchSize, accumulate }: Pick<OrderSpec, 'batchSize' | 'accumulate'>) =>
  batchSize * accumulate;

const windowOrder = (spec: OrderSpec, data: StreamedData): WindowOrder =>
  new WindowOrder(windowsOf(spec, data), data.splits.training.length, stepRowsOf(spec));

/** The windows of a run. */
export const windowsOf = (
  spec: Pick<OrderSpec, 'batchSize' | 'accumulate' | 'seed'>,
  { splits, window }: Pick<StreamedData, 'splits' | 'window'>,
): Windows => new Windows(splits.training, window, stepRowsOf(spec), spec.seed);
