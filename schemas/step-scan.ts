/** `gradient-scan.json`: the error of a gradient check over the step h of its differences. */
import { z } from 'zod';

export const stepScan = z
  .object({
    h: z.array(z.number()).describe('From 10⁻¹ to 10⁻¹², two a decade.'),
    parameters: z.array(
      z.object({
        tensor: z.string(),
        index: z.int(),
        errors: z
          .array(z.number().nullable())
          .describe('|a − n| / max(|a|, |n|) at each h; null where gradient and difference are both 0.'),
      }),
    ),
  })
  .meta({ id: 'StepScan' });

export type StepScan = z.output<typeof stepScan>;
