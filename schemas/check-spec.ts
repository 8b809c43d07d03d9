/** The spec of a check job: the checks of a train spec, without its training. */
import { z } from 'zod';
import { checkName } from './check-names.ts';
import { labels } from './labels.ts';
import { trainSpec } from './train-spec.ts';

export const checkSpec = z
  .strictObject({
    kind: z.literal('check'),
    ...labels,
    spec: trainSpec.describe('What would be trained. Its own `checks` and `onCheckFailure` are not looked at.'),
    only: z
      .array(checkName)
      .min(1)
      .optional()
      .describe('The checks to run; all of them, and the data report, when left out.'),
    stepScan: z
      .boolean()
      .default(false)
      .describe(
        'Also compares the gradient at steps h from 10⁻¹ to 10⁻¹² and writes `gradient-scan.json`: {h, parameters: [{tensor, index, errors}]}.',
      ),
    failOn: z.enum(['warn', 'fail']).default('fail').describe('The least verdict that fails the job.'),
  })
  .meta({
    id: 'CheckSpec',
    description:
      'Checks the set-up of a train job, and trains nothing. The job fails with `check_failed` if a check does.',
  });

export type CheckSpec = z.output<typeof checkSpec>;
