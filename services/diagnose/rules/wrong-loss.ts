/**
 * The loss does not fit the labels: sigmoid cross-entropy asks for labels within 0 to 1, a Kullback-Leibler divergence for probabilities, Poisson for
 * counts. With others the loss falls without end, or to something that means nothing.
 *
 *   labels outside of what the loss takes: any
 *
 * Source: the definitions of the losses (schemas/losses/); AUTOTRAINER and DeepFD have losses that do not fit their labels among their faults.
 */
import { type Rule, short } from './rule.ts';

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  'sigmoid-cross-entropy': [0, 1],
  'kullback-leibler': [0, 1],
  poisson: [0, Number.POSITIVE_INFINITY],
};

export const wrongLoss: Rule = {
  cause: 'wrong-loss',
  follows: [],
  experiment:
    'A twentieth of the run with mean-squared-error: it falls below the variance of the labels if the loss was the cause.',
  judge: ({ record }) => {
    const { labels } = record.data;
    const { type } = record.spec.loss;
    const range = ranges[type];
    if (labels.kind !== 'values' || !range) return null;
    if (labels.least >= range[0] - 1e-6 && labels.most <= range[1] + 1e-6) return null;
    return {
      score: 0.95,
      message: `${type} takes labels within ${range[0]} to ${range[1]}, but they go from ${short(labels.least)} to ${short(labels.most)}`,
      evidence: { loss: type, least: labels.least, most: labels.most },
      patch: [{ op: 'replace', path: '/loss', value: { type: 'mean-squared-error' } }],
    };
  },
};
