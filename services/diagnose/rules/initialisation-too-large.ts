/**
 * Kernels start so large that the first answers are wild: the first loss is many times that of chance, or units saturate.
 *
 *   deviation at the start / √(2/inputs): suspicious from 2.7, sure from 6
 *   first data loss / loss at chance: supports it from 2
 *
 * Source: He et al. 2015; TheDeepChecker's ratio of 2.706.
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const initialisationTooLarge: Rule = {
  cause: 'initialisation-too-large',
  follows: [],
  experiment: 'One step with he-normal kernels: the first loss is that of chance if the start was the cause.',
  judge: ({ record, curve, baseline, initial, health }) => {
    const large = initial.filter(({ own, same, magnitude, proper }) => own && !same && magnitude > 2.7 * proper);
    const first = record.first?.dataLoss;
    if (large.length === 0 || first === undefined || health.poor === 0) return null;
    const ratio = Math.max(...large.map(({ magnitude, proper }) => magnitude / proper));
    const chance = baseline.chance ?? baseline.constant;
    return {
      score: health.poor * (0.55 + 0.4 * logRamp(ratio, 2.7, 6)),
      message: `the kernel of ${large[0]!.name} starts ${short(ratio)} times too large, and the first loss is ${short(first)}${chance === null ? '' : `, ${short(chance)} being chance`}`,
      evidence: { ratio, layers: large.length, firstLoss: first, chance, lastLoss: curve?.last ?? null },
      patch: large.map(({ index }) => ({
        op: 'replace',
        path: `/model/layers/${index}/initializer`,
        value: 'he-normal',
      })),
    };
  },
};
