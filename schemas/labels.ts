/** What every spec says of itself, for people and for filters. */
import { z } from 'zod';

export const labels = {
  name: z.string().min(1).max(200).optional().describe('For people; need not be unique.'),
  tags: z.record(z.string().min(1).max(64), z.string().max(256)).default({}).describe('For filters.'),
};
