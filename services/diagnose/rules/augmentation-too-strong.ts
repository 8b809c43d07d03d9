/**
 * Augmentation destroys what is to be learned: the same weights do far better on the plain training examples than on the augmented ones, or noise
 * is larger than the signal, and the run is far from learned.
 *
 *   deviation of the noise / of the inputs: suspicious from 1, sure from 3
 *   loss on augmented / on plain training examples: suspicious from 1.3, sure from 2
 *
 * Source: TheDeepChecker's fault "destructive augmentation".
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const augmentationTooStrong: Rule = {
  cause: 'augmentation-too-strong',
  follows: [],
  experiment: 'A tenth of the run without augmentation: the training loss falls below what it was if it was the cause.',
  judge: ({ record, curve, health, trainingLoss }) => {
    const { augmentation } = record.spec;
    if (augmentation.length === 0 || !curve || health.poor === 0) return null;
    const noise = Math.hypot(...augmentation.map((step) => (step.type === 'noise' ? step.deviation : 0)));
    const drowned = noise / record.data.inputs.deviation;
    const harder = curve.last / trainingLoss;
    const weighed = Math.max(logRamp(drowned, 1, 3), 0.8 * logRamp(harder, 1.3, 2));
    if (weighed === 0) return null;
    return {
      score: health.poor * (0.5 + 0.45 * weighed),
      message: `the loss is ${short(curve.last)} on augmented examples and ${short(trainingLoss)} on plain ones${noise > 0 ? `; the noise has a deviation of ${short(noise)}, the inputs one of ${short(record.data.inputs.deviation)}` : ''}`,
      evidence: { augmentedLoss: curve.last, trainingLoss, noiseToSignal: drowned },
      patch: [{ op: 'replace', path: '/augmentation', value: [] }],
    };
  },
};
