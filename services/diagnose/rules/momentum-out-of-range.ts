/**
 * Momentum keeps old gradients for 1/(1 − μ) steps: from 0.99 on it overshoots, and it has not yet begun in a run of fewer steps.
 *
 *   μ, β₁: suspicious from 0.97, sure from 0.995            β₂, ρ: suspicious below 0.6, sure below 0.1
 *
 * Source: Sutskever et al. 2013; CS231n (0.5 to 0.99). Counts where the run is far from learned.
 */
import type { Facts } from '../facts/index.ts';
import { ramp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

const usual: Readonly<Record<string, number>> = { momentum: 0.9, beta1: 0.9, beta2: 0.999, decay: 0.99 };
/** What is sure to be wrong. */
const limits: Readonly<Record<string, readonly [from: number, sure: number]>> = {
  momentum: [0.97, 0.995],
  beta1: [0.97, 0.995],
  beta2: [0.6, 0.1],
  decay: [0.6, 0.1],
};

export const momentumOutOfRange: Rule = {
  cause: 'momentum-out-of-range',
  follows: [],
  experiment: 'A twentieth of the run at the usual value: the loss falls smoothly if it was the cause.',
  judge: (facts) => {
    const { curve, health } = facts;
    const [worst] = candidates(facts).sort((a, b) => b.odd - a.odd);
    if (!worst || worst.odd === 0 || health.poor === 0) return null;
    const { name, value, odd } = worst;
    return {
      score: health.poor * (0.55 + 0.4 * odd),
      message: `${name} is ${value}, where ${usual[name]} is usual, and the loss ${curve ? `stays at ${short(curve.last)}` : 'is no number'}`,
      evidence: { [name]: value, usual: usual[name]!, steps: curve?.steps ?? null, lastLoss: curve?.last ?? null },
      patch: [{ op: 'replace', path: `/update/${name}`, value: usual[name] }],
    };
  },
};

function candidates({ record }: Facts): { name: string; value: number; odd: number }[] {
  const { update } = record.spec;
  const options = Object.entries(update).flatMap(([name, value]) =>
    typeof value === 'number' && limits[name] ? [{ name, value }] : [],
  );
  return options.map(({ name, value }) => ({ name, value, odd: ramp(value, ...limits[name]!) }));
}
