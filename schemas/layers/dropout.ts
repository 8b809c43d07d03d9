/**
 * Dropout: while training, each value is 0 with probability `rate` and scaled by 1/(1−rate) otherwise; a no-op when evaluating.
 * The mask is a function of (job seed, layer, step) alone. Source: Srivastava et al. 2014, inverted form.
 */
import { fraction } from '../numbers.ts';
import { defineLayer } from './define.ts';

export const dropout = defineLayer({
  type: 'dropout',
  description: 'Sets a share of the values to 0 while training and scales the rest by 1/(1-rate).',
  options: { rate: fraction().describe('Share of values set to 0.') },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.dropout({ ...base, rate: o.rate }),
});
