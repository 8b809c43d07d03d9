/** Fully connected layer: y = f(xW + b), x [features], W [features, units], b [units]. */
import { count } from '../numbers.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer, needs } from './define.ts';
import { kernelConfig, kernelOptions } from './kernel.ts';

export const dense = defineLayer({
  type: 'dense',
  description: 'Fully connected: y = f(xW + b), W [features, units].',
  options: {
    units: count().describe('Number of outputs.'),
    activation: activationName.default('linear'),
    ...kernelOptions,
  },
  infer: (input, o) => {
    needs(input, ['features'], 'put a flatten layer before it');
    return [o.units];
  },
  parameters: ([features = 0], o) => (features + (o.bias ? 1 : 0)) * o.units,
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.dense({
      ...base,
      units: o.units,
      activation: tfActivation(o.activation),
      ...kernelConfig(o, seed, input[0] ?? 1),
    }),
});
