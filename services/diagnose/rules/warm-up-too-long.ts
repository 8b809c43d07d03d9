/**
 * The warm-up takes most of the run, so that the rate is never what it should be.
 *
 *   mean rate of the run / the rate of the schedule: suspicious below 0.6 while half of the steps or more are warm-up
 *
 * Source: Goyal et al. 2017, who warm up in 5 of 90 epochs. The thresholds are ours.
 */
import { percent, type Rule, short } from './rule.ts';

export const warmUpTooLong: Rule = {
  cause: 'warm-up-too-long',
  follows: [],
  experiment: 'A twentieth of the run without warm-up: the loss falls at once if the warm-up was the cause.',
  judge: ({ record, curve, health, left }) => {
    const { warmUp, unit, rate } = record.spec.schedule;
    if (!warmUp || !curve || curve.progress < 1 || health.poor === 0) return null;
    const steps = warmUp.length * (unit === 'epochs' ? record.stepsPerEpoch : 1);
    const share = steps / curve.steps;
    const mean = record.stretches.reduce((sum, stretch) => sum + stretch.rate * stretch.steps, 0) / curve.steps;
    if (share < 0.5 || mean > 0.6 * rate) return null;
    return {
      score: 0.85 * health.poor,
      message: `the warm-up takes ${percent(Math.min(1, share))} of the run, whose mean rate is ${short(mean)} of ${rate}, and ${short(left)} of the loss of a constant answer is left`,
      evidence: { warmUpShare: share, meanRate: mean, rate, lossLeft: left },
      patch: [
        {
          op: 'replace',
          path: '/schedule/warmUp/length',
          value: Number((warmUp.length * Math.min(1, 0.05 / share)).toPrecision(1)),
        },
      ],
    };
  },
};
