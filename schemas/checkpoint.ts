/** Checkpoints of a job: everything needed to continue bit for bit. */
import { z } from 'zod';

export const checkpoint = z
  .object({
    name: z.string().describe('As in `checkpoints/epoch-003-val-0.9123`.'),
    step: z.int(),
    score: z.number().nullable().describe('Validation score; null without a validation split.'),
    artifacts: z.array(z.string()).describe('Names of the artifacts it consists of.'),
  })
  .meta({ id: 'Checkpoint' });

export const checkpointList = z
  .object({ jobId: z.string(), checkpoints: z.array(checkpoint).describe('Oldest first.') })
  .meta({ id: 'CheckpointList', description: 'The checkpoints of a job.' });

export type Checkpoint = z.output<typeof checkpoint>;
export type CheckpointList = z.output<typeof checkpointList>;
