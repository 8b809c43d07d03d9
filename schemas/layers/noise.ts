/** Noise while training, nothing when evaluating; drawn by (job seed, layer, step) alone. */
import { fraction, positive } from '../numbers.ts';
import { defineLayer, needs } from './define.ts';

export const gaussianNoise = defineLayer({
  type: 'gaussian-noise',
  description: 'Adds N(0, σ²) while training.',
  options: { deviation: positive().describe('σ.') },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.gaussianNoise({ ...base, stddev: o.deviation }),
});

export const gaussianDropout = defineLayer({
  type: 'gaussian-dropout',
  description: 'Multiplies by N(1, rate/(1−rate)) while training (Srivastava et al. 2014).',
  options: { rate: fraction().describe('Share of the dropout whose variance it has.') },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.gaussianDropout({ ...base, rate: o.rate }),
});

export const alphaDropout = defineLayer({
  type: 'alpha-dropout',
  description: 'Dropout that keeps mean and variance of SELU outputs (Klambauer et al. 2017).',
  options: { rate: fraction().describe('Share of values set to the negative bound.') },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.alphaDropout({ ...base, rate: o.rate }),
});

export const spatialDropout1d = defineLayer({
  type: 'spatial-dropout1d',
  description: 'Dropout of whole channels: one draw for all steps of [steps, channels] (Tompson et al. 2015).',
  options: { rate: fraction().describe('Share of the channels set to 0.') },
  infer: (input) => {
    needs(input, ['steps', 'channels'], 'dropout takes any shape');
    return input;
  },
  build: (tfLayers, o, { base }) => tfLayers.spatialDropout1d({ ...base, rate: o.rate }),
});
