/** A finding: the judgement of one check or rule, with its evidence and a patch that mends the cause. */
import { z } from 'zod';

/** RFC 6902 operations on the spec. */
export const patch = z
  .array(
    z.object({
      op: z.enum(['add', 'remove', 'replace']),
      path: z.string().describe('JSON pointer into the spec, as in `/schedule/rate`.'),
      value: z.unknown().optional(),
    }),
  )
  .meta({ id: 'Patch', description: 'JSON Patch (RFC 6902) of the spec.' });

export const finding = z
  .object({
    rule: z.string().describe('Which check judged, as in `initial-loss`.'),
    verdict: z.enum(['pass', 'warn', 'fail', 'skipped']),
    message: z.string().describe('One sentence for people.'),
    cause: z
      .string()
      .nullable()
      .describe('The cause in the terms of the field; null when all is well or nothing was judged.'),
    evidence: z
      .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
      .describe('The numbers judged, by name.'),
    patch: patch.nullable().describe('A change of the spec that mends the cause, where one is known.'),
    score: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How sure a diagnosis is of the cause; causes are ranked by it.'),
    experiment: z.string().optional().describe('What would tell the cause from the next one.'),
  })
  .meta({ id: 'Finding' });

export type Finding = z.output<typeof finding>;

export const diagnostics = z
  .object({ jobId: z.string(), findings: z.array(finding) })
  .meta({ id: 'Diagnostics', description: 'All findings of a job.' });

export type Diagnostics = z.output<typeof diagnostics>;
