/**
 * Recurrent layers over [steps, features]. At each step, x being the input and h the output of the step before:
 *
 *   simple-rnn   h = tanh(Wx + Uh + b)                                                         Elman 1990
 *   lstm         c = σ(f)·c + σ(i)·tanh(g), h = σ(o)·tanh(c), [i, f, g, o] = Wx + Uh + b       Hochreiter & Schmidhuber 1997; b_f starts at 1
 *   gru          h = z·h + (1−z)·tanh(Wx + U(r·h) + b), [z, r] = σ(Wx + Uh + b)                 Cho et al. 2014, reset before the product
 *
 * Gates use σ itself, not TF.js's hard sigmoid, as Keras and PyTorch do; PyTorch's GRU resets after the product and can't be imported. The steps are unrolled in the graph.
 */
import { z } from 'zod';
import { count } from '../numbers.ts';
import type { Shape } from '../shape.ts';
import { activationName, tfActivation } from './activation.ts';
import { defineLayer, needs } from './define.ts';
import { initializer, tfInitializer } from './initializer.ts';
import { constraint, kernelRegularization } from './kernel.ts';

export const recurrentOptions = {
  units: count().describe('Length of h.'),
  returnSequences: z.boolean().default(false).describe('Gives h of every step, [steps, units], instead of the last.'),
  activation: activationName.default('tanh').describe('In the place of tanh.'),
  recurrentActivation: activationName.default('sigmoid').describe('In the place of σ, in the gates.'),
  bias: z.boolean().default(true).describe('Adds b.'),
  initializer,
  recurrentInitializer: initializer.unwrap().default('orthogonal').describe('How U starts.'),
  regularization: kernelRegularization.optional(),
  constraint: constraint.optional(),
};

type Options = z.output<z.ZodObject<typeof recurrentOptions>>;

export function inferRecurrent(input: Shape, o: Options): Shape {
  needs(input, ['steps', 'features'], 'an embedding or a reshape makes it');
  return o.returnSequences ? [input[0]!, o.units] : [o.units];
}

/** Numbers of a cell with so many gates. */
export const recurrentParameters = (input: Shape, o: Options, gates: number): number =>
  gates * o.units * ((input.at(-1) ?? 0) + o.units + (o.bias ? 1 : 0));

/** Of a cell with so many gates, over all steps. */
export const recurrentMultiplyAdds = ([steps = 0, features = 0]: Shape, o: Options, gates: number): number =>
  steps * gates * o.units * (features + o.units);

export const recurrentConfig = (o: Options, seed: number, input: Shape) => ({
  units: o.units,
  returnSequences: o.returnSequences,
  activation: tfActivation(o.activation),
  useBias: o.bias,
  kernelInitializer: tfInitializer(o.initializer, seed, input.at(-1) ?? 1) as never,
  recurrentInitializer: tfInitializer(o.recurrentInitializer, seed ^ 1, o.units) as never,
});

const recurrent = <const Type extends 'simple-rnn' | 'lstm' | 'gru'>(type: Type, gates: number, description: string) =>
  defineLayer({
    type,
    description,
    options: recurrentOptions,
    infer: inferRecurrent,
    parameters: (input, o) => recurrentParameters(input, o, gates),
    multiplyAdds: (input, _output, o) => recurrentMultiplyAdds(input, o, gates),
    build: (tfLayers, o, { seed, input, base }) => {
      const config = { ...base, ...recurrentConfig(o, seed, input) };
      if (type === 'simple-rnn') return tfLayers.simpleRNN(config);
      const gated = { ...config, recurrentActivation: tfActivation(o.recurrentActivation) };
      return type === 'lstm' ? tfLayers.lstm(gated) : tfLayers.gru(gated as never);
    },
  });

export const cells = { 'simple-rnn': 1, lstm: 4, gru: 3 } as const;

export const simpleRnn = recurrent('simple-rnn', 1, 'h = tanh(Wx + Uh + b) over the steps of [steps, features].');
export const lstm = recurrent('lstm', 4, 'Long short-term memory over the steps of [steps, features].');
export const gru = recurrent('gru', 3, 'Gated recurrent unit over the steps of [steps, features].');
