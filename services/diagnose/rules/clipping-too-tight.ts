/**
 * Clipping cuts nearly every gradient to a small part of itself, so that plain descent hardly moves. (Rules that divide by the gradient's own size,
 * as Adam, do not mind.)
 *
 *   median norm of all gradients / c: suspicious from 10, sure from 100
 *
 * Source: Pascanu, Mikolov & Bengio 2013: c is about the usual norm, up to ten times it.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const clippingTooTight: Rule = {
  cause: 'clipping-too-tight',
  follows: [],
  experiment: 'A twentieth of the run without clipping: the loss falls faster if it was the cause.',
  judge: ({ record, measured, initial, health }) => {
    const { clip } = record.spec;
    if (!clip || !measured || health.poor === 0) return null;
    const limit = clip.globalNorm ?? clip.norm ?? clip.value!;
    const sizes = new Map(initial.map(({ name, size }) => [name, size]));
    const sized = measured.kernels.map(({ layer, gradient }) =>
      clip.value === undefined ? gradient : gradient / Math.sqrt(sizes.get(layer) ?? 1),
    );
    const norm = clip.globalNorm === undefined ? Math.max(0, ...sized) : Math.hypot(...sized);
    const tight = logRamp(norm / limit, 10, 100);
    if (tight === 0) return null;
    const ratio = Math.max(...measured.kernels.map((kernel) => kernel.ratio));
    return {
      score: health.poor * (0.6 + 0.35 * tight) * logRamp(ratio, 3e-3, 3e-4),
      message: `gradients of ${short(norm)} are clipped to ${limit}, and a step changes the kernels by ${short(ratio)} of their norm at most`,
      evidence: { gradientNorm: norm, limit, updateRatio: ratio },
      patch: [{ op: 'remove', path: '/clip' }],
    };
  },
};
