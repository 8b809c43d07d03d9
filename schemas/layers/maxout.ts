/**
 * Maxout: the largest of several linear functions, y_i = max_j (xW_j + b_j)_i. Source: Goodfellow et al. 2013.
 * Built of a dense layer of pieces · units, a reshape to [pieces, units] and a maximum over the pieces.
 */
import { z } from 'zod';
import { count } from '../numbers.ts';
import { defineLayer, needs } from './define.ts';
import { kernelConfig, kernelOptions } from './kernel.ts';

export const maxout = defineLayer({
  type: 'maxout',
  description: 'The largest of several linear functions: [features] -> [units].',
  options: {
    units: count().describe('Number of outputs.'),
    pieces: z.int().min(2).default(2).describe('Linear functions an output.'),
    ...kernelOptions,
  },
  infer: (input, o) => {
    needs(input, ['features'], 'put a flatten layer before it');
    return [o.units];
  },
  parameters: ([features = 0], o) => (features + (o.bias ? 1 : 0)) * o.units * o.pieces,
  multiplyAdds: ([features = 0], _output, o) => features * o.units * o.pieces,
  build: (tfLayers, o, { seed, input, base, chain }) => {
    const linear = tfLayers.dense({
      name: `${base.name}_linear`,
      units: o.units * o.pieces,
      ...kernelConfig(o, seed, input[0] ?? 1),
    });
    return chain([
      linear,
      tfLayers.reshape({ name: `${base.name}_pieces`, targetShape: [o.pieces, o.units] }),
      tfLayers.globalMaxPooling1d({ name: `${base.name}_largest` }),
    ]);
  },
});
