/**
 * The gradient grows on its way back, or all of it is enormous: single steps throw the weights far away.
 *
 *   ‖g‖ of a kernel / ‖w‖, median: suspicious from 100, sure from 1e4
 *
 * Source: Pascanu, Mikolov & Bengio 2013; AUTOTRAINER: first/last above 70; SageMaker Debugger: mean |g| above 1e6.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const explodingGradient: Rule = {
  cause: 'exploding-gradient',
  follows: [
    'initialisation-too-large',
    'input-scale',
    'target-scale',
    'learning-rate-too-high',
    'wrong-loss',
    'momentum-out-of-range',
  ],
  experiment:
    'A twentieth of the run with gradients clipped to a norm of 1: the loss falls if single steps were the cause.',
  judge: ({ record, measured, health, curve }) => {
    const ill = Math.max(health.stuck, 0.8 * health.poor);
    if (!measured || ill === 0 || record.spec.clip) return null;
    const ratios = measured.kernels.map(({ gradient, lastWeight, name }) => ({ name, ratio: gradient / lastWeight }));
    const worst = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a), { name: '', ratio: 0 });
    const large = logRamp(worst.ratio, 100, 1e4);
    if (large === 0) return null;
    return {
      score: ill * (0.5 + 0.35 * large),
      message: `the gradient of ${worst.name} is ${short(worst.ratio)} times as large as its weights, and the loss ${curve ? `stays at ${short(curve.last)}` : 'is no number'}`,
      evidence: { tensor: worst.name, gradientToWeight: worst.ratio, lastLoss: curve?.last ?? null },
      patch: [{ op: 'add', path: '/clip', value: { globalNorm: 1 } }],
    };
  },
};
