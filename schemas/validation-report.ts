/** What validation found out about a spec that can be run as written. */
import { z } from 'zod';
import { forecast, priceNote } from './forecast.ts';

const side = z.array(z.int()).describe('Shape without the batch dimension.');

export const layerReport = z
  .object({
    name: z.string(),
    type: z.string(),
    input: side,
    output: side,
    parameters: z.int().describe('Number of weights, trained or not.'),
  })
  .meta({ id: 'LayerReport', description: 'One layer, as inferred before any TensorFlow.' });

export const validationReport = z
  .object({
    valid: z.literal(true),
    layers: z.array(layerReport).describe('Of what is trained; none for jobs that train nothing.'),
    parameters: z.int().describe('Of all layers.'),
    memoryBytes: z.int().describe('Estimated peak memory of the runner.'),
    stepsPerEpoch: z.int().nullable().describe('null where the number of examples is not known before the run.'),
    flopsPerStep: z
      .int()
      .nullable()
      .describe(
        'Floating-point operations of the matrix products and convolutions of a step, forwards and backwards; null with `stepsPerEpoch`.',
      ),
    uncountedLayers: z
      .array(z.string())
      .describe(
        'Names of layers of one’s own: what they compute is known only when the run records it, so `flopsPerStep` and the forecast leave it out.',
      ),
    forecast: z
      .array(forecast)
      .nullable()
      .describe('For each kind of machine that jobs of the service run on; null with a reason in `forecastReason`.'),
    forecastReason: z.string().nullable().describe('Why there is no forecast.'),
    prices: priceNote.nullable().describe('null where no machine has a price.'),
  })
  .meta({ id: 'ValidationReport', description: 'The spec can be run as written.' });

export type LayerReport = z.output<typeof layerReport>;
export type ValidationReport = z.output<typeof validationReport>;
