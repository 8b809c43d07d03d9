/**
 * Activation: y = f(x), elementwise but for softmax, which normalises over the last axis.
 *
 *   relu max(0,x) · relu6 min(6,max(0,x)) · elu x or eˣ−1 below 0 · selu · gelu x·Φ(x) · swish x·σ(x) · mish x·tanh(softplus x)
 *   · sigmoid 1/(1+e⁻ˣ) · hard-sigmoid min(1,max(0,x/5+1/2)) · tanh · softplus ln(1+eˣ) · softsign x/(1+|x|) · softmax eˣ/Σeˣ
 *
 * Differs from PyTorch and Keras 3: their hard sigmoid has the slope 1/6.
 */
import { z } from 'zod';
import { camel, defineLayer } from './define.ts';

/** Activations that a dense or convolutional layer may carry itself. */
export const activationName = z
  .enum([
    'linear',
    'relu',
    'relu6',
    'elu',
    'selu',
    'gelu',
    'swish',
    'mish',
    'sigmoid',
    'hard-sigmoid',
    'tanh',
    'softplus',
    'softsign',
    'softmax',
  ])
  .meta({
    id: 'Activation',
    description: 'Elementwise function of the output; softmax normalises over the last axis.',
  });

export type ActivationName = z.infer<typeof activationName>;

export const tfActivation = (name: ActivationName): 'relu' => camel(name) as 'relu';

export const activation = defineLayer({
  type: 'activation',
  description: 'y = f(x).',
  options: {
    function: activationName.describe('Which function.'),
  },
  infer: (input) => input,
  build: (tfLayers, o, { base }) => tfLayers.activation({ ...base, activation: tfActivation(o.function) }),
});
