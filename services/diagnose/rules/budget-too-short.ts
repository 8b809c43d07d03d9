/**
 * The run ended while the loss fell fast and was far from learned, at healthy steps: nothing is wrong but its length.
 *
 *   fall of the data loss between the last two fifths: suspicious from 0.05, sure from 0.15; update:weight ratio above 3e-4
 *   in a run of less than two epochs, whose fifths are mostly noise: between the first three tenths and the last three
 *
 * Source: CS231n, "Babysitting the learning process": a healthy update:weight ratio and a curve that still falls; DeepCrime's and DeepFD's faults of too few
 * epochs. The thresholds are ours, by the fault benchmark.
 */
import { mean, ramp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

export const budgetTooShort: Rule = {
  cause: 'budget-too-short',
  follows: [
    'stopped-too-early',
    'learning-rate-too-low',
    'learning-rate-too-high',
    'batch-too-large',
    'target-scale',
    'input-scale',
    'warm-up-too-long',
    'initialisation-too-large',
    'initialisation-too-small',
    'units-start-the-same',
    'regularisation-dominates',
    'dropout-too-strong',
    'epsilon-too-large',
    'momentum-out-of-range',
    'vanishing-gradient',
    'decay-too-early',
    'frozen-layer',
    'clipping-too-tight',
    'softmax-in-hidden-layer',
    'wrong-final-activation',
    'too-small-net',
  ],
  experiment: 'The run for four times as long: the loss goes on falling; if it does not, look at the next cause.',
  judge: ({ record, curve, health, left, measured }) => {
    // Money is not spent on a rule's word.
    const { dollars: _, ...budget } = record.spec.budget;
    const ill = ramp(left, 0.6, 0.95);
    if (!curve || !record.end || ill === 0 || Object.keys(budget).length === 0) return null;
    const brief = curve.steps < 2 * record.stepsPerEpoch;
    if (!health.falling && !brief) return null;
    const fall = brief
      ? Math.max(curve.fall, 1 - mean(curve.tenths.slice(7)) / mean(curve.tenths.slice(0, 3)))
      : curve.fall;
    const ratio = Math.max(0, ...(measured?.kernels ?? []).map((kernel) => kernel.ratio));
    const fast = ramp(fall, 0.05, 0.15);
    if (fast === 0 || (measured && ratio < 3e-4)) return null;
    return {
      score: ill * (0.5 + 0.3 * fast) + 0.1,
      message: `after ${curve.steps} steps ${short(left)} of the loss of a constant answer is left, and it was falling, by ${percent(fall)} ${brief ? 'from the first three tenths to the last' : 'between the last two fifths'}: the run is too short`,
      evidence: { steps: curve.steps, fall, lossLeft: left, updateRatio: ratio },
      patch: Object.entries(budget).map(([name, value]) => ({
        op: 'replace',
        path: `/budget/${name}`,
        value: 4 * value,
      })),
    };
  },
};
