/**
 * An epoch has so few steps that the run ends before it has begun.
 *
 *   steps of the whole run: suspicious below 150, sure below 40, where an epoch has fewer than 5 and the loss still falls
 *
 * Source: Masters & Luschi 2018; Goyal et al. 2017: ten times the batch wants ten times the rate.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const batchTooLarge: Rule = {
  cause: 'batch-too-large',
  follows: [
    'learning-rate-too-low',
    'learning-rate-too-high',
    'input-scale',
    'initialisation-too-small',
    'units-start-the-same',
  ],
  experiment:
    'As many epochs at a batch size of 32: the loss falls below what it was if the number of steps was the cause.',
  judge: ({ record, curve, health, left }) => {
    const { batchSize, accumulate } = record.spec;
    if (!curve || curve.progress < 1 || record.stepsPerEpoch >= 5 || batchSize * accumulate <= 64 || !health.falling)
      return null;
    const few = logRamp(curve.steps, 150, 40);
    if (few === 0 || health.poor === 0) return null;
    return {
      score: health.poor * (0.6 + 0.3 * few),
      message: `${batchSize * accumulate} of ${record.data.training} examples a step make ${record.stepsPerEpoch} steps an epoch and ${curve.steps} in all; the loss still fell by ${short(100 * curve.fall)} % in the last fifth, with ${short(left)} of that of a constant answer left`,
      evidence: {
        examples: batchSize * accumulate,
        stepsPerEpoch: record.stepsPerEpoch,
        steps: curve.steps,
        fall: curve.fall,
        lossLeft: left,
      },
      patch: [
        { op: 'replace', path: '/batchSize', value: 32 },
        ...(accumulate > 1 ? [{ op: 'replace' as const, path: '/accumulate', value: 1 }] : []),
      ],
    };
  },
};
