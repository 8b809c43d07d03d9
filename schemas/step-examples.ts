/** How many examples a step takes, and how many steps an epoch has. */
import { minibatchesOf } from './full-batch/index.ts';
import type { TrainSpec } from './train-spec.ts';
import { isFullBatch } from './updates/index.ts';

type StepSpec = Pick<TrainSpec, 'update' | 'batchSize' | 'accumulate'>;

/** Of the training split at most: all of it for a full-batch rule, one of the fixed minibatches for SFO. */
export function stepExamples({ update, batchSize, accumulate }: StepSpec, training: number): number {
  if (update.rule === 'sfo') return Math.ceil(training / minibatchesOf(update, training));
  const all = isFullBatch(update) && !('minibatch' in update && update.minibatch);
  return all ? training : Math.min(batchSize * accumulate, training);
}

export const stepsPerEpoch = (spec: StepSpec, training: number): number =>
  spec.update.rule === 'sfo'
    ? minibatchesOf(spec.update, training)
    : Math.ceil(training / stepExamples(spec, training));
