/** A trained model by the job that made it: what evaluate, predict and ensemble jobs work on. */
import { z } from 'zod';

export const jobId = z
  .string()
  .regex(/^job_[0-9a-z]{20,32}$/, 'must be the id of a job, as in job_0123456789abcdefghij');

export const modelSource = z
  .strictObject({
    job: jobId.describe('A train job, which may still run, or an ensemble job.'),
    weights: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._*-]+)*$/, 'must be the name of an artifact or of a checkpoint')
      .max(512)
      .default('weights.safetensors')
      .describe(
        'The artifact that holds them, as `average/weights.safetensors`, or a checkpoint, as `checkpoints/epoch-003-val-0.9123`. In an ensemble job, a `*` in its last part stands for all checkpoints that fit.',
      ),
  })
  .meta({ id: 'ModelSource', description: 'A trained model.' });

export type ModelSource = z.output<typeof modelSource>;

export const splitChoice = z
  .enum(['training', 'validation', 'test', 'all'])
  .optional()
  .describe("Which examples; when left out, `test` of the job's own data, and `all` of others.");

export type SplitChoice = NonNullable<z.output<typeof splitChoice>>;

/** Whether the weights of a source may stand for several checkpoints. */
export const isPattern = (weights: string): boolean => weights.includes('*');

/** The checkpoints, out of their names, that a pattern stands for: a `*` for any characters but a slash. */
export function fittingCheckpoints(pattern: string, checkpoints: Iterable<string>): string[] {
  const fits = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
  return [...checkpoints].filter((name) => fits.test(name));
}
