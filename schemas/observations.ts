/**
 * What is measured inside the net on sampled steps, by name:
 *
 *   weightNorm/W, gradientNorm/W     ‖w‖₂ before the step, ‖g‖₂ before clipping, for each trained tensor W, as in `dense_0/kernel`
 *   updateNorm/W, updateRatio/W      ‖Δw‖₂ of the step, and ‖Δw‖₂ / ‖w‖₂: about 1e-3 is healthy (CS231n)
 *   activationMean/L, activationDeviation/L   of all outputs of layer L in the batch
 *   deadShare/L                      share of the units (last axis) whose output is 0 for the whole batch
 *   saturatedShare/L                 share of the outputs within 1 % of the range from a bound, for sigmoid, hard-sigmoid, tanh
 *
 * and a histogram of every gradient and every layer's output.
 */
import { z } from 'zod';
import { count } from './numbers.ts';

export const observations = z
  .strictObject({
    everySteps: z
      .union([z.literal('auto'), z.int().min(0)])
      .default('auto')
      .describe(
        'Measures at every so many steps; 0 never. `auto`: 50, and rarer in a net so small that 50 steps take no time, but 20 times in a run whose length is known.',
      ),
    histograms: z.boolean().default(true).describe('Records histograms of gradients and outputs too.'),
  })
  .prefault({})
  .meta({ id: 'Observations', description: 'What is measured inside the net on sampled steps.' });

export type Observations = z.output<typeof observations>;

/** Of each trained tensor. */
export const tensorQuantities = ['weightNorm', 'gradientNorm', 'updateNorm', 'updateRatio'] as const;
/** Of the outputs of each layer. */
export const layerQuantities = ['activationMean', 'activationDeviation', 'deadShare', 'saturatedShare'] as const;

/** Bars of a histogram, of equal width from the smallest to the largest value. */
export const HISTOGRAM_BINS = 30;

export const histogram = z
  .object({
    step: count(),
    tensor: z.string().describe('As in `gradient/dense_0/kernel` or `activation/dense_0`.'),
    low: z.number().describe('The smallest value.'),
    high: z.number().describe('The largest value.'),
    counts: z.array(z.number()).length(HISTOGRAM_BINS),
  })
  .meta({ id: 'Histogram', description: 'How the values of a tensor are spread, in bars of equal width.' });

export type Histogram = z.output<typeof histogram>;

/** Multiplications and additions that two cores do in a microsecond, about. */
const PER_MICROSECOND = 40_000;
/** Of a step that computes nothing. */
const LEAST_MICROSECONDS = 5;
/** Between two measurements. */
const INTERVAL_MICROSECONDS = 50_000;

/** Measurements that even a short run is worth: a diagnosis lives on them. */
const LEAST_MEASUREMENTS = 20;

/**
 * Steps between two measurements: 50, or as many more as keep them below some percent of the time; fewer where a run of `steps` would be
 * measured less than 20 times. A function of the spec and the size of the data, so that a run measures the same steps whoever runs it.
 * `parameters` of the model, `examples` a step; `steps` is null where only time ends the run.
 */
export function observeEvery(
  { everySteps }: Observations,
  parameters: number,
  examples: number,
  steps: number | null,
): number {
  if (everySteps !== 'auto') return everySteps;
  const microseconds = LEAST_MICROSECONDS + (6 * parameters * examples) / PER_MICROSECOND;
  const seldom = 50 * Math.ceil(INTERVAL_MICROSECONDS / (50 * microseconds));
  return steps === null ? seldom : Math.max(1, Math.min(seldom, Math.floor(steps / LEAST_MEASUREMENTS)));
}
