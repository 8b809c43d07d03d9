/**
 * Running average of the parameters (Polyak-Ruppert averaging, exponential form): after step t
 *
 *   w̄ ← d_t w̄ + (1 − d_t) w,   d_t = min(d, (1 + t)/(10 + t)) with warm-up, d without
 *
 * All weights are averaged, the moving statistics of batch normalisation too. It is evaluated at every epoch and exported beside the
 * raw weights; training goes on from the raw ones. Source: Polyak & Juditsky 1992; the warm-up as in TensorFlow's ExponentialMovingAverage.
 */
import { z } from 'zod';
import { fraction } from './numbers.ts';

export const averaging = z
  .strictObject({
    decay: fraction().default(0.999).describe('d, the share of the average that is kept at each step.'),
    warmUp: z
      .boolean()
      .default(true)
      .describe('Starts with a small d, so that the initial weights are soon forgotten.'),
  })
  .meta({
    id: 'Averaging',
    description: 'Running average of the parameters, evaluated and exported beside the raw ones.',
  });

export type Averaging = z.output<typeof averaging>;

/** d_t at step t = 1, 2 … */
export const averageDecay = ({ decay, warmUp }: Averaging, step: number): number =>
  warmUp ? Math.min(decay, (1 + step) / (10 + step)) : decay;
