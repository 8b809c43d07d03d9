/**
 * Labels do not belong to their inputs: whatever is learned of the training examples does not help on others, not even at first.
 *
 *   best validation accuracy of any epoch ≤ share of the commonest class + 2 standard errors (half of the way to 1 at most), and a standard error
 *   or more below that on training examples, while the training loss is below 0.8 of that of a
 *   constant answer; for numbers: the least validation loss ≥ that of a constant answer
 *
 * Source: Zhang et al. 2017, "Understanding deep learning requires rethinking generalization": random labels are learned by heart.
 */
import type { Facts } from '../facts/index.ts';
import { ramp } from '../facts/numbers.ts';
import { type Judgement, percent, type Rule, short } from './rule.ts';

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
    const { left, record, curve } = facts;
    if (!curve || curve.progress < 1 || !Number.isFinite(left)) return null;
    const learned = ramp(left, 0.95, 0.7);
    const chance = learned === 0 ? null : atChance(facts);
    if (chance === null) return null;
    return {
      score: 0.5 + 0.4 * learned,
      message: `${short(left)} of the loss of a constant answer is left on training examples, but on the ${record.data.validation} held out ${chance.message}: what is learned says nothing about others`,
      evidence: { lossLeft: left, ...chance.evidence },
      patch: null,
    };
  },
};

function atChance({
  record,
  baseline,
  bestValidationScore,
  bestValidationLoss,
}: Facts): Pick<Judgement, 'message' | 'evidence'> | null {
  const { validation } = record.data;
  if (bestValidationScore === null || bestValidationLoss === null || validation < 20) return null;
  if (baseline.accuracy === null) {
    if (baseline.constant === null || bestValidationLoss < 0.97 * baseline.constant) return null;
    const message = `the loss was never below ${short(bestValidationLoss)}, ${short(baseline.constant)} being that of a constant answer`;
    return { message, evidence: { bestValidationLoss, constantLoss: baseline.constant } };
  }
  const error = Math.sqrt((baseline.accuracy * (1 - baseline.accuracy)) / validation);
  const margin = Math.min(2 * error, 0.5 * (1 - baseline.accuracy));
  const learned = (record.end?.training.score ?? 0) - (record.end?.validation?.score ?? 1);
  if (bestValidationScore > baseline.accuracy + margin || learned < error) return null;
  const message = `the accuracy was never above ${percent(bestValidationScore)}, ${percent(baseline.accuracy)} being the commonest class`;
  return {
    message,
    evidence: { bestValidationScore, commonestClass: baseline.accuracy, validationExamples: validation },
  };
}
