/** The spec of a predict job: the outputs of a trained model on data of choice. */
import { z } from 'zod';
import { data } from './dataset/index.ts';
import { labels } from './labels.ts';
import { modelSource, splitChoice } from './model-source.ts';
import { count } from './numbers.ts';

export const predictSpec = z
  .strictObject({
    kind: z.literal('predict'),
    ...labels,
    model: modelSource,
    data: data
      .optional()
      .describe("Left out: the job's own. Scaled and preprocessed as the model was trained, whatever it says of that."),
    split: splitChoice,
    format: z
      .enum(['csv', 'jsonl', 'parquet'])
      .default('csv')
      .describe('Of the artifacts `predictions/rows-000000000.csv` …, one row an example in the order of the data.'),
    rowsPerFile: count()
      .max(10_000_000)
      .default(100_000)
      .describe('A file is stored as soon as it is full, so the first can be fetched while others are made.'),
  })
  .meta({ id: 'PredictSpec', description: 'Writes the outputs of a trained model, file after file.' });

export type PredictSpec = z.output<typeof predictSpec>;
