/** One page of a list of jobs. */
import { z } from 'zod';
import { job } from './job.ts';

export const jobPage = z
  .object({
    items: z.array(job),
    next: z.string().nullable().describe('Give it as `cursor` for the next page; null at the end.'),
  })
  .meta({ id: 'JobPage', description: 'Jobs, newest first.' });

export type JobPage = z.output<typeof jobPage>;
