/**
 * The penalty on the weights outweighs the data: the weights are drawn to a fraction of what they began with while the data loss stays high.
 *
 *   penalty / data loss over the last tenth: suspicious from 0.15, sure from 0.5
 *   ‖w‖ at the end / ‖w‖ at the start, of all kernels together: suspicious from 0.7, sure below 0.3
 *
 * Source: TheDeepChecker: the norm of the penalty's gradient is twice that of the data's or more.
 */
import type { Facts } from '../facts/index.ts';
import { logRamp, ramp } from '../facts/numbers.ts';
import { growth } from '../facts/tensors.ts';
import { type Patch, type Rule, short } from './rule.ts';

export const regularisationDominates: Rule = {
  cause: 'regularisation-dominates',
  follows: [],
  experiment:
    'A tenth of the run at a hundredth of the strength: the data loss falls below what it was if the penalty was the cause.',
  judge: (facts) => {
    const { record, curve, health } = facts;
    const { regularization, weightDecay } = record.spec;
    const strength = regularization.l1 + regularization.l2 + (weightDecay?.strength ?? 0);
    if (!curve || strength === 0 || health.poor === 0) return null;
    const share = curve.penalty / curve.last;
    const shrunk = growth(facts.measured, facts.initial);
    const grown = shrunk !== null && shrunk > 1;
    const weighed = Math.max(ramp(share, 0.15, 0.5), shrunk === null ? 0 : logRamp(shrunk, 0.7, 0.3));
    if (weighed === 0 || grown) return null;
    return {
      score: health.poor * (0.45 + 0.5 * weighed),
      message: `the penalty is ${short(curve.penalty)} beside a data loss of ${short(curve.last)}${shrunk === null ? '' : `, and the kernels have ${short(shrunk)} of the norm they began with`}: the regularisation outweighs the data`,
      evidence: {
        ...regularization,
        weightDecay: weightDecay?.strength ?? 0,
        penalty: curve.penalty,
        dataLoss: curve.last,
        normLeft: shrunk,
      },
      patch: weaker(facts),
    };
  },
};

function weaker({ record: { spec } }: Facts): Patch {
  const { l1, l2 } = spec.regularization;
  const replace = (path: string, value: number) => ({
    op: 'replace' as const,
    path,
    value: Number((value / 100).toPrecision(2)),
  });
  return [
    ...(l1 > 0 ? [replace('/regularization/l1', l1)] : []),
    ...(l2 > 0 ? [replace('/regularization/l2', l2)] : []),
    ...(spec.weightDecay ? [replace('/weightDecay/strength', spec.weightDecay.strength)] : []),
  ];
}
