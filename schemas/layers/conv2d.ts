/**
 * Convolution over images: [height, width, channels] -> [height, width, filters], kernel [height, width, channels, filters].
 * Like every deep-learning library's it is a cross-correlation: the kernel is not flipped.
 */
import { pair } from '../numbers.ts';
import {
  convolutionConfig,
  convolutionMultiplyAdds,
  convolutionOptions,
  convolutionParameters,
} from './convolution.ts';
import { defineLayer } from './define.ts';
import { slideWindow } from './window.ts';

export const conv2d = defineLayer({
  type: 'conv2d',
  description: 'Convolution: [height, width, channels] -> [height, width, filters].',
  options: {
    ...convolutionOptions,
    kernelSize: pair().describe('Height and width of the kernel.'),
    strides: pair().default([1, 1]).describe('Step of the window.'),
  },
  infer: (input, o) => slideWindow(input, o.kernelSize, o.strides, o.padding, o.filters),
  parameters: (input, o) => convolutionParameters(input.at(-1) ?? 0, o.kernelSize, o),
  multiplyAdds: (input, output, o) => convolutionMultiplyAdds(input, output, o.kernelSize),
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.conv2d({
      ...base,
      ...convolutionConfig(o, o.kernelSize, input.at(-1) ?? 1, seed),
      kernelSize: o.kernelSize,
      strides: o.strides,
    }),
});
