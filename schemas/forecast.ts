/** What a run is expected to take on a machine: a range, and what it rests on. */
import { z } from 'zod';

export const range = z
  .object({ low: z.number(), high: z.number() })
  .meta({ id: 'Range', description: 'From low to high, both possible.' });
export type Range = z.output<typeof range>;

export const forecast = z
  .object({
    machine: z.string().describe('Instance type of EC2, or processor and cores of the machine of the service.'),
    steps: z.int().nullable().describe('At most; null when only time or money ends the run.'),
    seconds: range.describe(
      'On the machine, from the start of the runner to its end: loading, checks, training, evaluation, export. Without the wait for a machine.',
    ),
    dollars: range
      .nullable()
      .describe('Of the whole machine for those seconds, by the price table; null for a machine that has no price.'),
    basis: z
      .enum(['measured', 'prior'])
      .describe(
        '`measured`: by runs of this kind on such a machine. `prior`: by published peak rates alone, so the range is wide.',
      ),
    runs: z.int().describe('Measured runs that it rests on.'),
  })
  .meta({ id: 'Forecast', description: 'What a run is expected to take on a machine.' });
export type Forecast = z.output<typeof forecast>;

export const priceNote = z
  .object({
    asOf: z.iso.date().describe('Day of the price table.'),
    region: z.string().describe('Region of AWS that the prices are of; elsewhere they differ.'),
    stale: z.boolean().describe('The table is older than half a year.'),
  })
  .meta({ id: 'PriceNote', description: 'What the dollars of a forecast are reckoned by; not a quotation.' });
export type PriceNote = z.output<typeof priceNote>;

/** What a run has taken, beside what was forecast. */
export const runCost = z
  .object({
    machine: z.string().describe('That the last attempt ran on.'),
    seconds: z
      .number()
      .describe('Of all attempts on their machines, from the start of the runner to the end of the job.'),
    dollars: z
      .number()
      .nullable()
      .describe(
        'By the price table, spot machines at the upper end of what they typically cost; null where no machine of the run has a price.',
      ),
    forecast: forecast.nullable().describe('Made at the start of the first attempt, before its training.'),
  })
  .meta({ id: 'RunCost', description: 'What a run has taken, beside what was forecast.' });
export type RunCost = z.output<typeof runCost>;
