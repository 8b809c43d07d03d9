/**
 * Inputs are far from mean 0 and deviation 1, or of very different sizes, so that one rate cannot suit all weights.
 *
 *   √(mean² + deviation²) of all inputs: suspicious from 10 or below 0.1, sure from 50 or below 0.02
 *   largest / smallest deviation of a feature: suspicious from 100, sure from 1000; only where the largest is above 5
 *
 * Source: LeCun et al. 1998, "Efficient backprop", 4.3; TheDeepChecker (mean 0, deviation 1, or a range of 0 or −1 to 1).
 */
import { logRamp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

export const inputScale: Rule = {
  cause: 'input-scale',
  follows: [],
  experiment:
    'A twentieth of the run with standardised inputs: the first loss is that of chance and falls smoothly if the scale was the cause.',
  judge: ({ record, curve, health, baseline }) => {
    const embedded = record.layers[0]?.layer.type === 'embedding';
    if (health.poor === 0 || embedded) return null;
    const { mean, deviation, leastDeviation, mostDeviation } = record.data.inputs;
    const size = Math.hypot(mean, deviation);
    const unequal = mostDeviation > 5 ? logRamp(mostDeviation / leastDeviation, 100, 1000) : 0;
    const weighed = Math.max(logRamp(size, 10, 50), logRamp(size, 0.1, 0.02), unequal);
    if (weighed === 0) return null;
    const first = record.first?.dataLoss ?? null;
    return {
      score: health.poor * (0.55 + 0.4 * weighed),
      message: `the inputs have a mean of ${short(mean)} and a deviation of ${short(deviation)}, single features one of ${short(leastDeviation)} to ${short(mostDeviation)}, and the loss ${curve ? `stays at ${short(curve.last)}` : 'is no number'}: standardise them`,
      evidence: {
        mean,
        deviation,
        leastDeviation,
        mostDeviation,
        firstLoss: first,
        chance: baseline.chance,
        lastLoss: curve?.last ?? null,
      },
      patch: [{ op: 'add', path: '/data/preprocessing/-', value: { type: 'standardize' } }],
    };
  },
};
