/**
 * A hidden layer answers by softmax: its outputs sum to 1, so the wider it is the less of a signal and of a gradient passes.
 * Source: TheDeepChecker's fault "softmax in a hidden layer". Counts where the run is far from learned.
 */
import { type Rule, short } from './rule.ts';

export const softmaxInHiddenLayer: Rule = {
  cause: 'softmax-in-hidden-layer',
  follows: [],
  experiment: 'A twentieth of the run with ReLU in its place: the loss falls at once if softmax was the cause.',
  judge: ({ record, health, curve, measured }) => {
    const wrong = record.layers.slice(0, -1).flatMap(({ layer, name }, index) => {
      if (layer.type === 'activation')
        return layer.function === 'softmax' ? [{ name, path: `/model/layers/${index}/function` }] : [];
      return 'activation' in layer && layer.activation === 'softmax'
        ? [{ name, path: `/model/layers/${index}/activation` }]
        : [];
    });
    const [first] = wrong;
    if (!first || health.poor === 0 || !curve) return null;
    const deviation = measured?.layers.find(({ name }) => name === first.name)?.lastDeviation ?? null;
    return {
      score: 0.9 * health.poor,
      message: `the hidden layer ${first.name} answers by softmax, with a deviation of ${deviation === null ? 'unknown size' : short(deviation)}, and the loss stays at ${short(curve.last)}`,
      evidence: { layer: first.name, activationDeviation: deviation, lastLoss: curve.last },
      patch: wrong.map(({ path }) => ({ op: 'replace', path, value: 'relu' })),
    };
  },
};
