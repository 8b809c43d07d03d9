/** Convolution over time: [steps, channels] -> [steps, filters]. Causal padding is refused: TF.js computes it wrongly. */
import { count } from '../numbers.ts';
import {
  convolutionConfig,
  convolutionMultiplyAdds,
  convolutionOptions,
  convolutionParameters,
} from './convolution.ts';
import { defineLayer } from './define.ts';
import { slideWindow } from './window.ts';

export const conv1d = defineLayer({
  type: 'conv1d',
  description: 'Convolution over time: [steps, channels] -> [steps, filters].',
  options: {
    ...convolutionOptions,
    kernelSize: count().describe('Length of the kernel.'),
    strides: count().default(1).describe('Step of the window.'),
  },
  infer: (input, o) => slideWindow(input, [o.kernelSize], [o.strides], o.padding, o.filters),
  parameters: (input, o) => convolutionParameters(input.at(-1) ?? 0, [o.kernelSize], o),
  multiplyAdds: (input, output, o) => convolutionMultiplyAdds(input, output, [o.kernelSize]),
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.conv1d({
      ...base,
      ...convolutionConfig(o, [o.kernelSize], input.at(-1) ?? 1, seed),
      kernelSize: o.kernelSize,
      strides: o.strides,
    }),
});
