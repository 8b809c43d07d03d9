/** Activations with a parameter, given or learned. */
import { nonNegative } from '../numbers.ts';
import { size } from '../shape.ts';
import { defineLayer } from './define.ts';

export const leakyRelu = defineLayer({
  type: 'leaky-relu',
  description: 'y = x above 0 and αx below (Maas et al. 2013).',
  options: { alpha: nonNegative().default(0.01).describe('α.') },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.leakyReLU({ ...base, alpha: o.alpha }),
});

export const prelu = defineLayer({
  type: 'prelu',
  description: 'y = x above 0 and αx below, α being learned for each input (He et al. 2015).',
  options: { initialAlpha: nonNegative().default(0.25).describe('What every α starts at.') },
  infer: (input) => input,
  parameters: (input) => size(input),
  build: (tfLayers, o, { base }) =>
    tfLayers.prelu({
      ...base,
      alphaInitializer: { className: 'Constant', config: { value: o.initialAlpha } } as never,
    }),
});
