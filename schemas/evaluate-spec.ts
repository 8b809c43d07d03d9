/** The spec of an evaluate job: loss and scores of a trained model on data of choice. */
import { z } from 'zod';
import { data } from './dataset/index.ts';
import { labels } from './labels.ts';
import { modelSource, splitChoice } from './model-source.ts';

export const evaluateSpec = z
  .strictObject({
    kind: z.literal('evaluate'),
    ...labels,
    model: modelSource,
    data: data
      .optional()
      .describe("Left out: the job's own. Scaled and preprocessed as the model was trained, whatever it says of that."),
    split: splitChoice,
  })
  .meta({ id: 'EvaluateSpec', description: 'Judges a trained model: its loss, and `scores.json`.' });

export type EvaluateSpec = z.output<typeof evaluateSpec>;
