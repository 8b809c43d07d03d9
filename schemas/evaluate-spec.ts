/** The spec of an evaluate job: loss and scores of a trained model on data of choice. */
import { z } from 'zod';
import { askedData } from './asked-data.ts';
import { labels } from './labels.ts';
import { modelSource } from './model-source.ts';

export const evaluateSpec = z
  .strictObject({
    kind: z.literal('evaluate'),
    ...labels,
    model: modelSource,
    ...askedData,
  })
  .meta({ id: 'EvaluateSpec', description: 'Judges a trained model: its loss, and `scores.json`.' });

export type EvaluateSpec = z.output<typeof evaluateSpec>;
