/**
 * Dropout takes away so much that the net cannot learn.
 *
 *   share of the values that survive all dropout layers on the way: suspicious below 0.5, sure below 0.15
 *
 * Source: Srivastava et al. 2014 (0.5 for hidden units, 0.2 for inputs); UMLAUT warns above 0.5.
 */
import { ramp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

const dropping = ['dropout', 'spatial-dropout1d', 'gaussian-dropout', 'alpha-dropout'];
const MOST = 0.3;

export const dropoutTooStrong: Rule = {
  cause: 'dropout-too-strong',
  follows: [],
  experiment: 'A tenth of the run without dropout: the training loss falls below what it was if dropout was the cause.',
  judge: ({ record, curve, health, trainingLoss, left }) => {
    const found = record.layers.flatMap(({ layer }, index) =>
      dropping.includes(layer.type) && 'rate' in layer && typeof layer.rate === 'number'
        ? [{ index, rate: layer.rate }]
        : [],
    );
    if (!curve || found.length === 0 || health.poor === 0) return null;
    const survive = found.reduce((share, { rate }) => share * (1 - rate), 1);
    const strong = ramp(survive, 0.5, 0.15);
    if (strong === 0) return null;
    return {
      score: health.poor * (0.5 + 0.45 * strong),
      message: `only ${percent(survive)} of the values survive the dropout, and ${short(left)} of the loss of a constant answer is left; with dropout the loss is ${short(curve.last)}, without it ${short(trainingLoss)}`,
      evidence: { survive, layers: found.length, trainingLossWithDropout: curve.last, trainingLoss, lossLeft: left },
      patch: found
        .filter(({ rate }) => rate > MOST)
        .map(({ index }) => ({ op: 'replace', path: `/model/layers/${index}/rate`, value: MOST })),
    };
  },
};
