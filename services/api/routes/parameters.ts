/** Parameters that several endpoints take. */
import { z } from 'zod';

export const jobParams = z.object({ id: z.string().min(1).max(64).describe('Id of the job.') });
export const noParams = z.object({});
export const noQuery = z.strictObject({});
export const noHeaders = z.object({});
