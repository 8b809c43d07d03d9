/**
 * Kernels start so small that signals and gradients die on the way through the layers.
 *
 *   deviation at the start / √(2/inputs): suspicious below 0.2, sure below 0.05
 *
 * Source: He et al. 2015; Glorot & Bengio 2010; SageMaker Debugger's "poor weight initialization".
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const initialisationTooSmall: Rule = {
  cause: 'initialisation-too-small',
  follows: [],
  experiment: 'A twentieth of the run with he-normal kernels: the loss falls at once if the start was the cause.',
  judge: ({ initial, measured, health, curve }) => {
    const small = initial.filter(({ own, same, magnitude, proper }) => own && !same && magnitude < 0.2 * proper);
    const ill = Math.max(health.stuck, 0.8 * health.poor);
    if (small.length === 0 || ill === 0 || !curve) return null;
    const ratio = Math.min(...small.map(({ magnitude, proper }) => magnitude / proper));
    const gradient = Math.max(0, ...(measured?.kernels ?? []).map((kernel) => kernel.gradient));
    return {
      score: ill * (0.6 + 0.35 * logRamp(ratio, 0.2, 0.05)),
      message: `the kernel of ${small[0]!.name} starts at ${short(ratio)} of its proper size, the largest gradient has a norm of ${short(gradient)}, and the loss stays at ${short(curve.last)}`,
      evidence: { ratio, layers: small.length, gradientNorm: gradient, firstLoss: curve.first, lastLoss: curve.last },
      patch: small.map(({ index }) => ({
        op: 'replace',
        path: `/model/layers/${index}/initializer`,
        value: 'he-normal',
      })),
    };
  },
};
