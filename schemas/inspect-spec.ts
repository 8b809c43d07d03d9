/** The spec of an inspect job: the files of a data set, looked at once they have been uploaded. */
import { z } from 'zod';
import { datasetId } from './dataset/common.ts';
import { data } from './dataset/index.ts';
import { labels } from './labels.ts';

export const inspectSpec = z
  .strictObject({
    kind: z.literal('inspect'),
    ...labels,
    dataset: datasetId.describe('The data set to look at.'),
    data: data
      .optional()
      .describe('How its files are read; the job then opens them so, and reports on the examples as `check` does.'),
  })
  .meta({
    id: 'InspectSpec',
    description: 'Says what is in the files of a data set. The job fails if one of them is damaged.',
  });

export type InspectSpec = z.output<typeof inspectSpec>;
