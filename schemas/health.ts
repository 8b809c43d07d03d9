/** Whether the service can do its work. */
import { z } from 'zod';

export const health = z
  .object({ status: z.literal('ok'), version: z.string().describe('Version of the service.') })
  .meta({ id: 'Health' });

export type Health = z.output<typeof health>;
