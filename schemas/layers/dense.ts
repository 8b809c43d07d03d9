/**
 * Fully connected layer: y = f(xW + b), x [features], W [features, units], b [units].
 * With `everyStep` x is [steps, features], and each step goes through the same weights: Keras's TimeDistributed(Dense).
 */
import { z } from 'zod';
import { count } from '../numbers.ts';
import { size } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer, needs } from './define.ts';
import { kernelConfig, kernelOptions } from './kernel.ts';

export const dense = defineLayer({
  type: 'dense',
  description: 'Fully connected: y = f(xW + b), W [features, units].',
  options: {
    units: count().describe('Number of outputs.'),
    activation: activationName.default('linear'),
    everyStep: z
      .boolean()
      .default(false)
      .describe('Applies to each step of [steps, features] by itself: [steps, features] -> [steps, units].'),
    ...kernelOptions,
  },
  infer: (input, o) => {
    if (o.everyStep) needs(input, ['steps', 'features'], 'leave everyStep out');
    else needs(input, ['features'], 'put a flatten layer before it');
    return [...input.slice(0, -1), o.units];
  },
  parameters: (input, o) => ((input.at(-1) ?? 0) + (o.bias ? 1 : 0)) * o.units,
  multiplyAdds: (input, output) => size(output) * (input.at(-1) ?? 0),
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.dense({
      ...base,
      units: o.units,
      activation: tfActivation(o.activation),
      ...kernelConfig(o, seed, input.at(-1) ?? 1),
    }),
});
