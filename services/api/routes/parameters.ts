/** Parameters that several endpoints take. */
import { z } from 'zod';

export const jobParams = z.object({ id: z.string().min(1).max(64).describe('Id of the job.') });
export const noParams = z.object({});
export const noQuery = z.strictObject({});
export const noHeaders = z.object({});
/** Largest number of an event or a step that can be asked for. None is as large, and JSON holds it exactly. */
export const LARGEST = 10 ** 15;
