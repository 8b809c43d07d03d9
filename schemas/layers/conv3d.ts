/** Convolution over volumes: [depth, height, width, channels] -> [depth, height, width, filters]. */
import { triple } from '../numbers.ts';
import {
  convolutionConfig,
  convolutionMultiplyAdds,
  convolutionOptions,
  convolutionParameters,
} from './convolution.ts';
import { defineLayer } from './define.ts';
import { slideWindow } from './window.ts';

export const conv3d = defineLayer({
  type: 'conv3d',
  description: 'Convolution over volumes: [depth, height, width, channels] -> [depth, height, width, filters].',
  options: {
    ...convolutionOptions,
    kernelSize: triple().describe('Depth, height and width of the kernel.'),
    strides: triple().default([1, 1, 1]).describe('Step of the window.'),
  },
  infer: (input, o) => slideWindow(input, o.kernelSize, o.strides, o.padding, o.filters),
  parameters: (input, o) => convolutionParameters(input.at(-1) ?? 0, o.kernelSize, o),
  multiplyAdds: (input, output, o) => convolutionMultiplyAdds(input, output, o.kernelSize),
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.conv3d({
      ...base,
      ...convolutionConfig(o, o.kernelSize, input.at(-1) ?? 1, seed),
      kernelSize: o.kernelSize,
      strides: o.strides,
    }),
});
