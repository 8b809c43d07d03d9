/** Convolution over images: x [height, width, channels], kernel [kh, kw, channels, filters], cross-correlation as in every framework. */
import { z } from 'zod';
import { count, pair } from '../numbers.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer } from './define.ts';
import { initializer, tfInitializer } from './initializer.ts';
import { padding, slideWindow } from './window.ts';

export const conv2d = defineLayer({
  type: 'conv2d',
  description: 'Convolution: [height, width, channels] -> [height, width, filters].',
  options: {
    filters: count().describe('Number of output channels.'),
    kernelSize: pair().describe('Height and width of the kernel.'),
    strides: pair().default([1, 1]).describe('Step of the window.'),
    padding,
    activation: activationName.default('linear'),
    bias: z.boolean().default(true).describe('Adds one number a filter.'),
    initializer,
  },
  infer: (input, o) => slideWindow(input, o.kernelSize, o.strides, o.padding, o.filters),
  parameters: (input, o) => (o.kernelSize[0] * o.kernelSize[1] * (input[2] ?? 0) + (o.bias ? 1 : 0)) * o.filters,
  build: (tfLayers, o, { name, seed, inputShape }) =>
    tfLayers.conv2d({
      filters: o.filters,
      kernelSize: o.kernelSize,
      strides: o.strides,
      padding: o.padding,
      activation: tfActivation(o.activation),
      useBias: o.bias,
      kernelInitializer: tfInitializer(o.initializer, seed) as never,
      name,
      ...(inputShape && { inputShape: [...inputShape] }),
    }),
});
