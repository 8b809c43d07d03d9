/**
 * Batch normalisation over the last axis: y = γ (x − μ) / √(σ² + ε) + β.
 * μ and σ² are the batch's while training, the moving averages when evaluating: m ← momentum · m + (1 − momentum) · batch.
 * Source: Ioffe & Szegedy 2015. Differs from PyTorch: momentum is the share kept, and σ² in the moving average is the biased one.
 */
import { z } from 'zod';
import { fraction, positive } from '../numbers.ts';
import { defineLayer } from './define.ts';

export const batchNormalization = defineLayer({
  type: 'batch-normalization',
  description: "Normalises each channel by the batch's mean and variance, then scales and shifts it.",
  options: {
    momentum: fraction().default(0.99).describe('Share of the moving averages that is kept at each step.'),
    epsilon: positive().default(1e-3).describe('Added to the variance.'),
    center: z.boolean().default(true).describe('Learns the shift.'),
    scale: z.boolean().default(true).describe('Learns the scale.'),
  },
  infer: (input) => input,
  parameters: (input, o) => (input.at(-1) ?? 0) * (2 + (o.center ? 1 : 0) + (o.scale ? 1 : 0)),
  build: (tfLayers, o, { name, inputShape }) =>
    tfLayers.batchNormalization({
      momentum: o.momentum,
      epsilon: o.epsilon,
      center: o.center,
      scale: o.scale,
      name,
      ...(inputShape && { inputShape: [...inputShape] }),
    }),
});
