/**
 * Labels are smoothed so far that the right class is hardly above the others.
 *
 *   share s of softmax cross-entropy: suspicious from 0.4, sure from 0.8; the least loss is the entropy of the smoothed label
 *
 * Source: Szegedy et al. 2016 (0.1).
 */
import { ramp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const labelSmoothingTooStrong: Rule = {
  cause: 'label-smoothing-too-strong',
  follows: [],
  experiment: 'A tenth of the run at a smoothing of 0.1: the loss falls below the old floor.',
  judge: ({ record, trainingLoss, health }) => {
    const { loss } = record.spec;
    if (loss.type !== 'softmax-cross-entropy' || record.target.kind !== 'class' || health.poor === 0) return null;
    const strong = ramp(loss.labelSmoothing, 0.4, 0.8);
    if (strong === 0) return null;
    const other = loss.labelSmoothing / record.target.classes;
    const right = 1 - loss.labelSmoothing + other;
    const floor = -right * Math.log(right) - (record.target.classes - 1) * other * Math.log(other);
    return {
      score: health.poor * (0.6 + 0.3 * strong),
      message: `a label smoothing of ${loss.labelSmoothing} leaves the right class ${short(right)} and the others ${short(other)} each, so the loss cannot fall below ${short(floor)}; it is ${short(trainingLoss)}`,
      evidence: { labelSmoothing: loss.labelSmoothing, floor, trainingLoss },
      patch: [{ op: 'replace', path: '/loss/labelSmoothing', value: 0.1 }],
    };
  },
};
