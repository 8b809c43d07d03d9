/** Fully connected layer: y = f(xW + b), x [features], W [features, units], b [units]. */

import { z } from 'zod';
import { count } from '../numbers.ts';
import { ShapeMismatch } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer } from './define.ts';
import { initializer, tfInitializer } from './initializer.ts';

export const dense = defineLayer({
  type: 'dense',
  description: 'Fully connected: y = f(xW + b), W [features, units].',
  options: {
    units: count().describe('Number of outputs.'),
    activation: activationName.default('linear'),
    bias: z.boolean().default(true).describe('Adds b.'),
    initializer,
  },
  infer: (input, o) => {
    if (input.length !== 1) throw new ShapeMismatch(input, '[features]', 'put a flatten layer before it');
    return [o.units];
  },
  parameters: (input, o) => ((input[0] ?? 0) + (o.bias ? 1 : 0)) * o.units,
  build: (tfLayers, o, { name, seed, inputShape }) =>
    tfLayers.dense({
      units: o.units,
      activation: tfActivation(o.activation),
      useBias: o.bias,
      kernelInitializer: tfInitializer(o.initializer, seed) as never,
      name,
      ...(inputShape && { inputShape: [...inputShape] }),
    }),
});
