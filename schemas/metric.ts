/** Metrics: numbers over steps. */
import { z } from 'zod';
import { layerQuantities, tensorQuantities } from './observations.ts';

/** Recorded at every step. */
export const stepMetrics = ['loss', 'dataLoss', 'rate', 'seconds'] as const;
/** Recorded at the end of every epoch, on the whole split. */
export const epochMetrics = [
  'trainingLoss',
  'validationLoss',
  'validationScore',
  'averageLoss',
  'averageScore',
] as const;

/** Metrics that every job has. */
export const plainMetric = z.enum([...stepMetrics, ...epochMetrics]);
export type PlainMetric = z.output<typeof plainMetric>;

const quantities = [...tensorQuantities, ...layerQuantities].join('|');

/**
 * Measured inside the net on sampled steps: a quantity and a tensor or layer. Or `metrics/NAME`, of the user's own, after every epoch on the validation
 * split. `*` for all of them.
 */
const measuredMetric = z
  .string()
  .regex(
    new RegExp(`^(?:(?:${quantities})/.{1,200}|metrics/(?:\\*|[A-Za-z][\\w-]{0,39}))$`),
    `must be one of ${plainMetric.options.join(', ')}, a quantity and a tensor, as updateRatio/dense_0/kernel or updateRatio/*, or a metric of one’s own, as metrics/NAME or metrics/*`,
  );

export const metricName = z.union([plainMetric, measuredMetric]).meta({
  id: 'MetricName',
  description:
    'loss: data loss plus regularisation of the batch. dataLoss: without regularisation. rate: learning rate. seconds: since training began. ' +
    'trainingLoss: mean loss of the epoch. validationLoss. validationScore: accuracy for classes, −loss for regression. ' +
    'averageLoss and averageScore: the same of the running average of the parameters. ' +
    'metrics/NAME: a metric of one’s own, on the validation split. ' +
    `${tensorQuantities.join(', ')} of a tensor and ${layerQuantities.join(', ')} of a layer, as in updateRatio/dense_0/kernel: measured on sampled steps.`,
});

export type MetricName = z.output<typeof metricName>;

export const series = z
  .object({
    step: z.array(z.int()).describe('Last step of each point, from 1.'),
    value: z.array(z.number().nullable()).describe('Mean over the steps of the point; null where not finite.'),
    min: z.array(z.number().nullable()),
    max: z.array(z.number().nullable()),
  })
  .meta({ id: 'Series' });

export const metrics = z
  .object({
    jobId: z.string(),
    from: z.int(),
    to: z.int(),
    series: z.record(z.string(), series).describe('By the name of the metric.'),
  })
  .meta({ id: 'Metrics' });

export type Series = z.output<typeof series>;
export type Metrics = z.output<typeof metrics>;
