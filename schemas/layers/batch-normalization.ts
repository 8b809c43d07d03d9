/**
 * Batch normalisation over the last axis: y = γ (x − μ) / √(σ² + ε) + β.
 * μ and σ² are the batch's while training, the moving averages when evaluating: m ← momentum · m + (1 − momentum) · batch. A frozen one
 * uses the moving averages while training too, as in Keras.
 * γ and β are always there: TF.js 4.22 can't train the layer without one of them.
 * Source: Ioffe & Szegedy 2015. Differs from PyTorch: momentum is the share kept, and σ² in the moving average is the biased one.
 */
import { fraction, positive } from '../numbers.ts';
import { defineLayer } from './define.ts';

export const batchNormalization = defineLayer({
  type: 'batch-normalization',
  description: "Normalises each channel by the batch's mean and variance, then scales and shifts it.",
  options: {
    momentum: fraction().default(0.99).describe('Share of the moving averages that is kept at each step.'),
    epsilon: positive().default(1e-3).describe('Added to the variance.'),
  },
  infer: (input) => input,
  parameters: (input) => 4 * (input.at(-1) ?? 0),
  build: (tfLayers, { momentum, epsilon }, { base }) => tfLayers.batchNormalization({ ...base, momentum, epsilon }),
});
