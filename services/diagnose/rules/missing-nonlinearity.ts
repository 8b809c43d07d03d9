/**
 * Several layers, but nothing between them that is not linear: together they are one linear layer.
 * Source: UMLAUT; CS231n, "a stack of linear layers is a linear layer". Counts where the run is far from learned.
 */
import type { InferredLayer } from '@anneal/schemas';
import { type Rule, short } from './rule.ts';

const linear = [
  'dense',
  'conv1d',
  'conv2d',
  'conv3d',
  'flatten',
  'reshape',
  'permute',
  'dropout',
  'batch-normalization',
  'zero-padding2d',
];

const isLinear = ({ layer }: InferredLayer): boolean =>
  linear.includes(layer.type) && (!('activation' in layer) || layer.activation === 'linear');

export const missingNonlinearity: Rule = {
  cause: 'missing-nonlinearity',
  follows: [
    'learning-rate-too-low',
    'learning-rate-too-high',
    'regularisation-dominates',
    'input-scale',
    'target-scale',
    'labels-misaligned',
  ],
  experiment:
    'A tenth of the run with ReLU after the hidden layers: the loss falls below what it was if linearity was the cause.',
  judge: ({ record, health, left, trainingLoss }) => {
    const { layers } = record;
    const weighted = layers.flatMap(({ layer, parameters }, index) =>
      parameters > 0 && 'activation' in layer ? [index] : [],
    );
    if (weighted.length < 2 || health.poor === 0 || !layers.slice(0, -1).every(isLinear)) return null;
    return {
      score: 0.85 * health.poor,
      message: `the ${weighted.length} layers with weights have nothing but linear maps between them, so they are one linear layer; ${short(left)} of the loss of a constant answer is left`,
      evidence: { layers: weighted.length, trainingLoss, lossLeft: left },
      patch: weighted
        .slice(0, -1)
        .map((index) => ({ op: 'replace', path: `/model/layers/${index}/activation`, value: 'relu' })),
    };
  },
};
