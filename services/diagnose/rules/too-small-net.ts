/**
 * Underfitting: the loss is flat and far from learned, on training as on validation examples, at healthy steps: the net cannot hold what is to be
 * learned. A hidden layer of very few units is the usual reason.
 *
 *   units of the narrowest hidden layer: suspicious below max(4, outputs), sure at 1
 *
 * Source: CS231n, "Train/Val accuracy": no gap at a low level means "increase the size of the network".
 */
import { ramp } from '../facts/numbers.ts';
import { type Rule, short } from './rule.ts';

const LEAST = 32;

export const tooSmallNet: Rule = {
  cause: 'too-small-net',
  follows: [
    'stopped-too-early',
    'learning-rate-too-high',
    'learning-rate-too-low',
    'regularisation-dominates',
    'dropout-too-strong',
    'augmentation-too-strong',
    'missing-nonlinearity',
    'wrong-final-activation',
    'wrong-loss',
    'labels-misaligned',
    'class-imbalance',
    'input-scale',
    'target-scale',
    'frozen-layer',
    'momentum-out-of-range',
    'initialisation-too-large',
    'initialisation-too-small',
    'units-start-the-same',
    'vanishing-gradient',
    'epsilon-too-large',
    'decay-too-early',
    'clipping-too-tight',
    'warm-up-too-long',
    'softmax-in-hidden-layer',
    'batch-too-large',
    'batch-too-small',
    'label-smoothing-too-strong',
  ],
  experiment:
    'A tenth of the run with four times the units: the loss falls below what it was if the size was the cause.',
  judge: ({ record, curve, health, left }) => {
    const narrow = record.layers.slice(0, -1).flatMap(({ layer }, index) => {
      const units = 'units' in layer ? layer.units : 'filters' in layer ? layer.filters : null;
      return typeof units === 'number' ? [{ index, units, key: 'units' in layer ? 'units' : 'filters' }] : [];
    });
    const outputs = record.layers.at(-1)!.output.at(-1) ?? 1;
    const width = Math.min(...narrow.map(({ units }) => units));
    const enough = Math.max(5, Math.min(16, outputs));
    const small = ramp(width, enough, 1);
    if (!curve || health.poor === 0 || small === 0 || !Number.isFinite(width)) return null;
    return {
      score: health.poor * (0.45 + 0.45 * small),
      message: `the narrowest hidden layer has ${width} units before ${outputs} outputs, and ${short(left)} of the loss of a constant answer is left on training examples too`,
      evidence: { units: width, outputs, lossLeft: left, fall: curve.fall },
      patch: narrow
        .filter(({ units }) => units < enough)
        .map(({ index, key }) => ({ op: 'replace', path: `/model/layers/${index}/${key}`, value: LEAST })),
    };
  },
};
