/**
 * Metrics of the user's own: `metric(tf, labels, predictions)` of a module, a scalar. What it computes is recorded in a confined process, as for losses,
 * and computed after every epoch on the validation split, and in `scores.json`. See docs/own-code.md.
 *
 * A split is taken whole, as an F1 score or a rank needs it, up to 10,000 examples; of a larger one the value is the mean over runs of so many and the
 * rest, weighted by their sizes.
 */
import { z } from 'zod';
import { ownCode } from './own-code.ts';

/** Examples that a metric is computed of at once. */
export const METRIC_ROWS = 10_000;

const MOST_METRICS = 20;

export const ownMetric = z
  .strictObject({
    type: z.literal('module').describe('Its code is a module of its own.'),
    ...ownCode(),
    labels: z
      .enum(['one-hot', 'index'])
      .default('one-hot')
      .describe(
        'How it takes labels that are classes: rows with a 1 [examples, classes], or whole numbers [examples].',
      ),
    better: z
      .enum(['higher', 'lower'])
      .default('higher')
      .describe('Which values are better, where `monitor` is steered by it.'),
  })
  .meta({ id: 'OwnMetric', description: 'A metric of one’s own: `metric(tf, labels, predictions)` of a module.' });

export const ownMetrics = z
  .record(z.string().regex(/^[A-Za-z][\w-]{0,39}$/, 'must be a name of letters, digits, - and _'), ownMetric)
  .refine((given) => Object.keys(given).length <= MOST_METRICS, `must be ${MOST_METRICS} metrics at most`);

export type OwnMetric = z.output<typeof ownMetric>;
export type OwnMetrics = Readonly<Record<string, OwnMetric>>;
/** By the names of the metrics; null where not finite. */
export type MetricValues = Readonly<Record<string, number | null>>;

/** The name of its series, and of what `monitor` calls it. */
export const seriesOf = (name: string): `metrics/${string}` => `metrics/${name}`;
