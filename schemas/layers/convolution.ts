/** What the convolutions over one, two and three axes share. */
import type { z } from 'zod';
import { count } from '../numbers.ts';
import { type Shape, size } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { type KernelOptions, kernelConfig, kernelOptions } from './kernel.ts';
import { padding } from './window.ts';

export const convolutionOptions = {
  filters: count().describe('Number of output channels.'),
  padding,
  activation: activationName.default('linear'),
  ...kernelOptions,
};

type Options = z.output<z.ZodObject<typeof convolutionOptions>> & KernelOptions;

/** Weights of a full convolution. */
export const convolutionParameters = (channels: number, kernel: readonly number[], o: Options): number =>
  (size(kernel) * channels + (o.bias ? 1 : 0)) * o.filters;

/** Of a full convolution; what the padding adds is multiplied too. */
export const convolutionMultiplyAdds = (input: Shape, output: Shape, kernel: readonly number[]): number =>
  size(output) * size(kernel) * (input.at(-1) ?? 0);

/** The part of TF.js's configuration that is common to them. */
export const convolutionConfig = (o: Options, kernel: readonly number[], channels: number, seed: number) => ({
  filters: o.filters,
  padding: o.padding,
  activation: tfActivation(o.activation),
  ...kernelConfig(o, seed, size(kernel) * channels),
});
