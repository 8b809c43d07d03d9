/** Separable convolution: a depthwise one, then a 1 x 1 convolution over the channels. Source: Chollet 2017. */
import { count, pair } from '../numbers.ts';
import { size } from '../shape.ts';
import { tfActivation } from './activation.ts';
import { convolutionOptions } from './convolution.ts';
import { defineLayer } from './define.ts';
import { tfInitializer } from './initializer.ts';
import { slideWindow } from './window.ts';

export const separableConv2d = defineLayer({
  type: 'separable-conv2d',
  description: 'A depthwise convolution, then one of 1 x 1 over the channels.',
  options: {
    ...convolutionOptions,
    kernelSize: pair().describe('Height and width of the kernel.'),
    strides: pair().default([1, 1]).describe('Step of the window, the same along both axes.'),
    depthMultiplier: count().default(1).describe('Depthwise kernels a channel.'),
  },
  infer: (input, o) => slideWindow(input, o.kernelSize, o.strides, o.padding, o.filters),
  parameters: (input, o) => {
    const middle = (input.at(-1) ?? 0) * o.depthMultiplier;
    return size(o.kernelSize) * middle + (middle + (o.bias ? 1 : 0)) * o.filters;
  },
  multiplyAdds: (input, output, o) => {
    const middle = (input.at(-1) ?? 0) * o.depthMultiplier;
    return size(output.slice(0, -1)) * middle * (size(o.kernelSize) + o.filters);
  },
  build: (tfLayers, o, { seed, input, base }) => {
    const channels = input.at(-1) ?? 1;
    const made = tfLayers.separableConv2d({
      ...base,
      filters: o.filters,
      padding: o.padding,
      activation: tfActivation(o.activation),
      useBias: o.bias,
      biasInitializer: tfInitializer({ type: 'constant', value: o.initialBias }, seed, channels) as never,
      kernelSize: o.kernelSize,
      strides: o.strides,
      depthMultiplier: o.depthMultiplier,
      depthwiseInitializer: tfInitializer(o.initializer, seed, size(o.kernelSize)) as never,
      pointwiseInitializer: tfInitializer(o.initializer, seed ^ 1, channels * o.depthMultiplier) as never,
    });
    // TF.js forgets it when it saves the layer, which then can't be loaded.
    const config = made.getConfig.bind(made);
    made.getConfig = () => ({ ...config(), depthMultiplier: o.depthMultiplier });
    return made;
  },
});
