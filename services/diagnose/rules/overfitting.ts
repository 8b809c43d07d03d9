/**
 * The net knows the training examples by heart: it does far better on them than on others, the more so if the validation loss has been rising.
 *
 *   gap      accuracy on training − on validation examples: less a standard error: suspicious from 0.07,
 *            sure from 0.25; of numbers the difference of the losses over that of
 *            the constant answer
 *   rise     last validation loss / its least: suspicious from 1.15, sure from 2
 *
 * Source: CS231n, "Train/Val accuracy"; AUTOTRAINER: a gap of 0.1; SageMaker Debugger: (validation − training)/training above 0.1. Early stopping has
 * dealt with it already.
 */
import type { Facts } from '../facts/index.ts';
import { logRamp, ramp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

export const overfitting: Rule = {
  cause: 'overfitting',
  follows: [
    'labels-misaligned',
    'class-imbalance',
    'batch-statistics-stale',
    'batch-norm-small-batch',
    'augmentation-too-strong',
  ],
  experiment:
    'The run with weight decay and dropout, or stopped where the validation loss was least: the gap closes if it was memory.',
  judge: (facts) => {
    const { record, validationLoss, bestValidationLoss, trainingLoss } = facts;
    const gap = gapOf(facts);
    if (gap === null || validationLoss === null || bestValidationLoss === null || record.spec.earlyStopping)
      return null;
    const rise = validationLoss / bestValidationLoss;
    const [wide, rising] = [ramp(gap, 0.07, 0.25), logRamp(rise, 1.15, 2)];
    if (wide === 0) return null;
    const { l1, l2 } = record.spec.regularization;
    const decay = l1 + l2 === 0 && !record.spec.weightDecay;
    return {
      score: 0.4 + 0.3 * wide + 0.25 * rising,
      message: `the training loss is ${short(trainingLoss)}, the validation loss ${short(validationLoss)} after a best of ${short(bestValidationLoss)}; the gap is ${percent(gap)} at least`,
      evidence: {
        gap,
        trainingLoss,
        validationLoss,
        bestValidationLoss,
        parameters: record.layers.reduce((sum, { parameters }) => sum + parameters, 0),
        examples: record.data.training,
      },
      patch: [
        { op: 'add', path: '/earlyStopping', value: { patience: 10 } },
        ...(decay ? [{ op: 'add' as const, path: '/weightDecay', value: { strength: 0.01 } }] : []),
      ],
    };
  },
};

/** Less what chance does with so few held-out examples: a standard error of an accuracy, two of a loss, which has longer tails. Null before the end of the run, and where nothing is held out. */
function gapOf({ record, validationScore, baseline }: Facts): number | null {
  const { end, data } = record;
  if (!end?.validation || validationScore === null) return null;
  const { training, validation } = end;
  if (record.target.kind === 'class') {
    const error = Math.sqrt((validation.score * (1 - validation.score)) / data.validation);
    return training.score - validation.score - error;
  }
  if (baseline.constant === null) return null;
  // A squared error of a normal residue deviates by √2 of its mean.
  const error = validation.loss * Math.sqrt(2 / data.validation);
  return (validation.loss - training.loss - 2 * error) / baseline.constant;
}
