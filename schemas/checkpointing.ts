/** When checkpoints are written and how many are kept. The best one by validation score is always kept. */
import { z } from 'zod';
import { count, nonNegative } from './numbers.ts';

export const checkpointing = z
  .strictObject({
    everySeconds: nonNegative()
      .default(10)
      .describe(
        'Least time between two checkpoints, which are made at the ends of epochs; 0 writes one at every epoch.',
      ),
    everyEpochs: count()
      .optional()
      .describe(
        'Writes one after so many epochs too, however little time has passed: the members of a snapshot ensemble.',
      ),
    keepLast: count().max(1000).default(1).describe('How many of the newest are kept besides the best.'),
  })
  .prefault({})
  .meta({ id: 'Checkpointing', description: 'When checkpoints are written and how many are kept.' });

export type Checkpointing = z.output<typeof checkpointing>;
