/** Depthwise convolution: every channel by its own kernels. [height, width, channels] -> [height, width, channels · depthMultiplier]. */
import { count, pair } from '../numbers.ts';
import { size } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer } from './define.ts';
import { tfInitializer } from './initializer.ts';
import { kernelConfig, kernelOptions } from './kernel.ts';
import { padding, slideWindow } from './window.ts';

export const depthwiseConv2d = defineLayer({
  type: 'depthwise-conv2d',
  description:
    'Convolves every channel by its own kernels: [height, width, channels] -> [height, width, channels · depthMultiplier].',
  options: {
    kernelSize: pair().describe('Height and width of the kernel.'),
    strides: pair().default([1, 1]).describe('Step of the window, the same along both axes.'),
    depthMultiplier: count().default(1).describe('Kernels a channel.'),
    padding,
    activation: activationName.default('linear'),
    ...kernelOptions,
  },
  infer: (input, o) => slideWindow(input, o.kernelSize, o.strides, o.padding, (input.at(-1) ?? 0) * o.depthMultiplier),
  parameters: (input, o) => (size(o.kernelSize) + (o.bias ? 1 : 0)) * (input.at(-1) ?? 0) * o.depthMultiplier,
  multiplyAdds: (_input, output, o) => size(output) * size(o.kernelSize),
  build: (tfLayers, o, { seed, base }) =>
    tfLayers.depthwiseConv2d({
      ...base,
      kernelSize: o.kernelSize,
      strides: o.strides,
      depthMultiplier: o.depthMultiplier,
      padding: o.padding,
      activation: tfActivation(o.activation),
      ...kernelConfig(o, seed, size(o.kernelSize)),
      depthwiseInitializer: tfInitializer(o.initializer, seed, size(o.kernelSize)) as never,
    }),
});
