/**
 * Layers that were never trained before do not train: they are frozen, or their rate is multiplied by 0 or nearly so.
 *
 *   frozen with random weights, or a rate multiplier below 0.01, in more than a tenth of the parameters
 *
 * Source: SageMaker Debugger's "tensor unchanged for 3 steps". With a warm start freezing is transfer learning.
 */
import { percent, type Rule, short } from './rule.ts';

export const frozenLayer: Rule = {
  cause: 'frozen-layer',
  follows: [],
  experiment:
    'A tenth of the run with all layers trained: the loss falls below what it was if the frozen ones were the cause.',
  judge: ({ record, health, left, trainingLoss }) => {
    const { warmStart } = record.spec.model;
    if (health.poor === 0 || warmStart) return null;
    const still = record.layers.flatMap(({ layer, name, parameters }, index) =>
      parameters > 0 && (layer.frozen || layer.rateMultiplier < 0.01) ? [{ layer, name, parameters, index }] : [],
    );
    const sum = (some: readonly { parameters: number }[]) =>
      some.reduce((total, { parameters }) => total + parameters, 0);
    const share = sum(still) / sum(record.layers);
    if (share < 0.1) return null;
    return {
      score: 0.9 * health.poor,
      message: `${still.map(({ name }) => name).join(', ')}, ${percent(share)} of the parameters, start at random and are not trained; ${short(left)} of the loss of a constant answer is left`,
      evidence: { share, layers: still.length, trainingLoss, lossLeft: left },
      patch: still.map(({ layer, index }) =>
        layer.frozen
          ? { op: 'replace', path: `/model/layers/${index}/frozen`, value: false }
          : { op: 'replace', path: `/model/layers/${index}/rateMultiplier`, value: 1 },
      ),
    };
  },
};
