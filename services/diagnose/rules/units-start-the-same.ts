/**
 * All units of a layer start with the same weights, so they get the same gradient and stay the same: the layer is as good as one unit.
 * Kernels of zeros besides pass no gradient on. Source: CS231n, "Pitfall: all zero initialization". A last layer may start at zero.
 */
import { type Rule, short } from './rule.ts';

export const unitsStartTheSame: Rule = {
  cause: 'units-start-the-same',
  follows: [],
  experiment: 'A twentieth of the run with he-normal kernels: the loss falls at once if the start was the cause.',
  judge: ({ record, initial, measured, health, curve }) => {
    const hidden = initial.filter(({ same, index }) => same && index < record.layers.length - 1);
    if (hidden.length === 0 || health.poor === 0 || !curve) return null;
    const gradient = measured?.kernels.find(({ layer }) => layer === hidden[0]!.name)?.gradient ?? null;
    return {
      score: 0.95 * health.poor,
      message: `all weights of ${hidden.map(({ name }) => name).join(', ')} start at ${short(hidden[0]!.magnitude)}, so all units of a layer learn the same; the loss stays at ${short(curve.last)}`,
      evidence: { layers: hidden.length, value: hidden[0]!.magnitude, gradientNorm: gradient, lastLoss: curve.last },
      patch: initial
        .filter(({ same }) => same)
        .map(({ index }) => ({ op: 'replace', path: `/model/layers/${index}/initializer`, value: 'he-normal' })),
    };
  },
};
