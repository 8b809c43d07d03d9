/**
 * Labels do not belong to their inputs: whatever is learned of the training examples does not help on others, at no time.
 *
 *   learned    accuracy on training examples − on validation examples: suspicious from 0.03, sure from 0.2, and one standard error at least
 *   chance     the median of the epochs' validation accuracies ≤ share of the commonest class + 2 standard errors (half of the way to 1 at
 *              most), and the least validation loss ≥ 0.97 of that of a constant answer
 *   numbers    share of the constant answer's loss left on training examples: suspicious from 0.95, sure from 0.7; validation loss as above
 *
 * Source: Zhang et al. 2017, "Understanding deep learning requires rethinking generalization": random labels are learned by heart.
 */
import type { Facts } from '../facts/index.ts';
import { median, ramp } from '../facts/numbers.ts';
import { type Judgement, percent, type Rule, short } from './rule.ts';

interface Chance extends Pick<Judgement, 'message' | 'evidence'> {
  /** 0 to 1: how much was learned of the training examples all the same. */
  readonly learned: number;
}

export const labelsMisaligned: Rule = {
  cause: 'labels-misaligned',
  follows: [
    'class-imbalance',
    'batch-statistics-stale',
    'batch-norm-small-batch',
    'regularisation-dominates',
    'learning-rate-too-high',
    'wrong-loss',
    'target-scale',
  ],
  experiment:
    "Look at twenty pairs of input and label; a nearest neighbour does no better than chance either if the labels are someone else's.",
  judge: (facts) => {
    const { record, baseline, bestValidationLoss: least } = facts;
    if (!record.end || least === null || record.data.validation < 20) return null;
    if (baseline.constant !== null && least < 0.97 * baseline.constant) return null;
    const chance = baseline.accuracy === null ? numbers(facts) : classes(facts, baseline.accuracy);
    if (!chance || chance.learned === 0) return null;
    return {
      score: 0.5 + 0.4 * chance.learned,
      message: `${chance.message}: what is learned of the training examples says nothing about the ${record.data.validation} held out`,
      evidence: { ...chance.evidence, bestValidationLoss: least, constantLoss: baseline.constant },
      patch: null,
    };
  },
};

function numbers({ left, bestValidationLoss, baseline }: Facts): Chance | null {
  if (baseline.constant === null) return null;
  const message = `${short(left)} of the loss of a constant answer is left on training examples, but the validation loss was never below ${short(bestValidationLoss!)}, a constant answer having ${short(baseline.constant)}`;
  return { learned: ramp(left, 0.95, 0.7), message, evidence: { lossLeft: left } };
}

function classes({ record }: Facts, commonest: number): Chance | null {
  const scores = record.epochs.map(({ validationScore }) => validationScore).filter((score) => score !== null);
  const [training, last] = [record.end!.training.score, record.end!.validation?.score];
  if (last === undefined || scores.length === 0) return null;
  const usual = median(scores);
  const error = Math.sqrt((commonest * (1 - commonest)) / record.data.validation);
  const margin = Math.min(2 * error, 0.5 * (1 - commonest));
  if (usual > commonest + margin || training - last < error) return null;
  const message = `the accuracy is ${percent(training)} on training examples, but ${percent(usual)} in the usual epoch on others, the commonest class being ${percent(commonest)}`;
  const evidence = { trainingAccuracy: training, validationAccuracy: usual, commonestClass: commonest };
  return { learned: ramp(training - last, 0.03, 0.2), message, evidence };
}
