/** Layer normalisation: each example by the mean and variance of its own last axis, then scaled and shifted. Source: Ba, Kiros & Hinton 2016. */
import { positive } from '../numbers.ts';
import { defineLayer } from './define.ts';

export const layerNormalization = defineLayer({
  type: 'layer-normalization',
  description: 'Normalises each example over its last axis, then scales and shifts it.',
  options: {
    epsilon: positive().default(1e-3).describe('Added to the variance.'),
  },
  infer: (input) => input,
  parameters: (input) => 2 * (input.at(-1) ?? 0),
  build: (tfLayers, { epsilon }, { base }) => tfLayers.layerNormalization({ ...base, epsilon }),
});
