/**
 * The learning rate is too low: every kernel changes by far less than a thousandth of itself a step, and the loss is hardly below that of the
 * constant answer.
 *
 *   ratio      the largest median of ‖Δw‖/‖w‖ over the kernels: suspicious below 4e-4, sure below 4e-5
 *
 * Source: CS231n, "Ratio of weights:updates", about 1e-3; TheDeepChecker warns below 1e-4.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

const HEALTHY = 2e-3;

export const learningRateTooLow: Rule = {
  cause: 'learning-rate-too-low',
  follows: [
    'epsilon-too-large',
    'initialisation-too-small',
    'initialisation-too-large',
    'units-start-the-same',
    'vanishing-gradient',
    'clipping-too-tight',
    'warm-up-too-long',
    'decay-too-early',
    'dead-units',
    'saturated-units',
    'wrong-final-activation',
    'frozen-layer',
    'input-scale',
    'learning-rate-too-high',
  ],
  experiment: 'A twentieth of the run at ten times the rate: the loss falls faster if the rate was the cause.',
  judge: ({ record, curve, measured, health, left }) => {
    if (!curve || !measured || measured.kernels.length === 0 || record.nonFiniteStep !== null) return null;
    const ratio = Math.max(...measured.kernels.map((kernel) => kernel.ratio));
    if (ratio === 0 || health.stuck === 0) return null;
    const small = logRamp(ratio, 4e-4, 4e-5);
    if (small === 0) return null;
    const { rate } = record.spec.schedule;
    const higher = Number((rate * Math.min(1000, HEALTHY / ratio)).toPrecision(1));
    return {
      score: health.stuck * (0.5 + 0.4 * small),
      message: `a step changes the kernels by ${short(ratio)} of their norm at most, where 1e-3 is usual, and ${short(left)} of the loss of a constant answer is left: a learning rate of ${rate} is too low; try ${higher}`,
      evidence: { rate, updateRatio: ratio, firstLoss: curve.first, lastLoss: curve.last, lossLeft: left },
      patch: [{ op: 'replace', path: '/schedule/rate', value: higher }],
    };
  },
};
