/**
 * Convolutional LSTM over images in time: an LSTM whose products are convolutions, over the input and, padded, over h.
 * [steps, height, width, channels] -> [height, width, filters], or of every step. Source: Shi et al. 2015, without peepholes.
 */
import { z } from 'zod';
import { count, pair } from '../numbers.ts';
import { size } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer, needs } from './define.ts';
import { initializer, tfInitializer } from './initializer.ts';
import { constraint, kernelRegularization } from './kernel.ts';
import { padding, slideWindow } from './window.ts';

export const convLstm2d = defineLayer({
  type: 'conv-lstm2d',
  description: 'LSTM whose products are convolutions: [steps, height, width, channels] -> [height, width, filters].',
  options: {
    filters: count().describe('Number of output channels.'),
    kernelSize: pair().describe('Height and width of the kernels.'),
    strides: pair().default([1, 1]).describe('Step of the window over the input.'),
    padding,
    returnSequences: z.boolean().default(false).describe('Gives the images of every step instead of the last.'),
    activation: activationName.default('tanh').describe('In the place of tanh.'),
    recurrentActivation: activationName.default('sigmoid').describe('In the place of σ, in the gates.'),
    bias: z.boolean().default(true).describe('Adds one number an output of every gate.'),
    initializer,
    recurrentInitializer: initializer.unwrap().default('orthogonal').describe('How the kernel over h starts.'),
    regularization: kernelRegularization.optional(),
    constraint: constraint.optional(),
  },
  infer: (input, o) => {
    needs(input, ['steps', 'height', 'width', 'channels']);
    const image = slideWindow(input.slice(1), o.kernelSize, o.strides, o.padding, o.filters);
    return o.returnSequences ? [input[0]!, ...image] : image;
  },
  parameters: (input, o) => 4 * o.filters * (size(o.kernelSize) * ((input.at(-1) ?? 0) + o.filters) + (o.bias ? 1 : 0)),
  multiplyAdds: (input, output, o) => {
    const [steps = 0] = input;
    const image = size((o.returnSequences ? output.slice(1) : output).slice(0, -1));
    return steps * 4 * o.filters * image * size(o.kernelSize) * ((input.at(-1) ?? 0) + o.filters);
  },
  build: (tfLayers, o, { seed, input, base }) =>
    tfLayers.convLstm2d({
      ...base,
      filters: o.filters,
      kernelSize: o.kernelSize,
      strides: o.strides,
      padding: o.padding,
      returnSequences: o.returnSequences,
      activation: tfActivation(o.activation),
      recurrentActivation: tfActivation(o.recurrentActivation),
      useBias: o.bias,
      kernelInitializer: tfInitializer(o.initializer, seed, size(o.kernelSize) * (input.at(-1) ?? 1)),
      recurrentInitializer: tfInitializer(o.recurrentInitializer, seed ^ 1, size(o.kernelSize) * o.filters),
    } as never),
});
