/** What every layer with a kernel may say of it: its start, its bias, its own regularisation, its constraint. */
import { z } from 'zod';
import { nonNegative, positive } from '../numbers.ts';
import { initializer, tfInitializer } from './initializer.ts';

/**
 * Where the kernel is brought back to after every step. A norm is taken over the inputs of each output.
 *
 *   max-norm       w ← w · min(1, c/‖w‖)      Srebro & Shraibman 2005, with dropout: Hinton et al. 2012
 *   unit-norm      w ← w / ‖w‖
 *   non-negative   w ← max(w, 0)
 */
export const constraint = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('max-norm'), norm: positive().describe('c.') }),
    z.strictObject({ type: z.literal('unit-norm') }),
    z.strictObject({ type: z.literal('non-negative') }),
  ])
  .meta({ id: 'Constraint', description: 'Where the kernel is brought back to after every step.' });

export type Constraint = z.output<typeof constraint>;

export const kernelRegularization = z
  .strictObject({ l1: nonNegative().default(0).describe('λ₁.'), l2: nonNegative().default(0).describe('λ₂.') })
  .meta({ id: 'KernelRegularization', description: "In the place of the spec's own for this kernel." });

export const kernelOptions = {
  bias: z.boolean().default(true).describe('Adds one number an output.'),
  initializer,
  initialBias: z.number().default(0).describe('What the bias starts at.'),
  regularization: kernelRegularization.optional(),
  constraint: constraint.optional(),
};

export type KernelOptions = z.output<z.ZodObject<typeof kernelOptions>>;

/** The part of TF.js's configuration that they make. `inputs` is the number of inputs of one output. */
export const kernelConfig = (o: KernelOptions, seed: number, inputs: number) => ({
  useBias: o.bias,
  kernelInitializer: tfInitializer(o.initializer, seed, inputs) as never,
  biasInitializer: tfInitializer({ type: 'constant', value: o.initialBias }, seed, inputs) as never,
});
