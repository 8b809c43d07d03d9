/**
 * Early stopping ended the run while the loss fell and was far from learned: its patience is shorter than the wiggle of the validation score, or its
 * threshold larger than what an epoch can bring.
 *
 *   patience: suspicious at 3 epochs or fewer, sure at 1; threshold: suspicious from 0.005, sure from 0.05; only where the validation
 *   loss is at its least
 *
 * Source: Prechelt 1998, "Early stopping: but when?": slower criteria stop at better nets.
 */
import { ramp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

const PATIENCE = 10;

export const stoppedTooEarly: Rule = {
  cause: 'stopped-too-early',
  follows: ['learning-rate-too-high', 'labels-misaligned'],
  experiment:
    'The run with a patience of ten epochs: the validation score rises above its best if the stop was the cause.',
  judge: ({ record, curve, health, left, validationLoss, bestValidationLoss }) => {
    const { earlyStopping } = record.spec;
    if (!curve || !record.end || !earlyStopping || record.plannedSteps === null || health.poor === 0) return null;
    const done = curve.steps / record.plannedSteps;
    const hasty = Math.max(ramp(earlyStopping.patience, 4, 1), ramp(earlyStopping.threshold, 0.005, 0.05));
    const falls =
      validationLoss !== null &&
      validationLoss <= 1.005 * bestValidationLoss! &&
      (health.falling || curve.steps < 5 * record.stepsPerEpoch);
    if (done > 0.7 || hasty === 0 || !falls) return null;
    return {
      score: health.poor * (0.6 + 0.3 * hasty),
      message: `early stopping with a patience of ${earlyStopping.patience} and a threshold of ${earlyStopping.threshold} ended the run at ${percent(done)} of its budget, while training and validation loss fell, with ${short(left)} of that of a constant answer left`,
      evidence: { ...earlyStopping, shareOfBudget: done, lossLeft: left, lastLoss: curve.last },
      patch: [{ op: 'replace', path: '/earlyStopping', value: { patience: PATIENCE, threshold: 0 } }],
    };
  },
};
