/**
 * Transposed convolution, which makes images larger: the gradient of a convolution with respect to its input.
 * [height, width, channels] -> [height·stride, …] for `same`, [(height−1)·stride + kernel, …] for `valid`.
 */
import { pair } from '../numbers.ts';
import { size } from '../shape.ts';
import { convolutionConfig, convolutionOptions, convolutionParameters } from './convolution.ts';
import { defineLayer, needs } from './define.ts';

export const conv2dTranspose = defineLayer({
  type: 'conv2d-transpose',
  description: 'Transposed convolution, which makes images larger.',
  options: {
    ...convolutionOptions,
    kernelSize: pair().describe('Height and width of the kernel.'),
    strides: pair().default([1, 1]).describe('How many times larger the output is.'),
  },
  infer: (input, o) => {
    needs(input, ['height', 'width', 'channels']);
    const length = (axis: 0 | 1) =>
      o.padding === 'same'
        ? input[axis]! * o.strides[axis]
        : input[axis]! * o.strides[axis] + Math.max(o.kernelSize[axis] - o.strides[axis], 0);
    return [length(0), length(1), o.filters];
  },
  parameters: (input, o) => convolutionParameters(input.at(-1) ?? 0, o.kernelSize, o),
  multiplyAdds: (input, _output, o) => size(input) * size(o.kernelSize) * o.filters,
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.conv2dTranspose({
      ...base,
      ...convolutionConfig(o, o.kernelSize, input.at(-1) ?? 1, seed),
      kernelSize: o.kernelSize,
      strides: o.strides,
    }),
});
