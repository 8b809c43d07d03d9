/** Metrics: numbers over steps. */
import { z } from 'zod';

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

export const metricName = z.enum([...stepMetrics, ...epochMetrics]).meta({
  id: 'MetricName',
  description:
    'loss: data loss plus regularisation of the batch. dataLoss: without regularisation. rate: learning rate. seconds: since training began. ' +
    'trainingLoss: mean loss of the epoch. validationLoss. validationScore: accuracy for classes, −loss for regression. ' +
    'averageLoss and averageScore: the same of the running average of the parameters.',
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
    series: z.partialRecord(metricName, series),
  })
  .meta({ id: 'Metrics' });

export type Series = z.output<typeof series>;
export type Metrics = z.output<typeof metrics>;
