/** The spec of a predict job: the outputs of a trained model on data of choice. */
import { z } from 'zod';
import { askedData } from './asked-data.ts';
import { labels } from './labels.ts';
import { modelSource } from './model-source.ts';
import { count } from './numbers.ts';

export const predictSpec = z
  .strictObject({
    kind: z.literal('predict'),
    ...labels,
    model: modelSource,
    ...askedData,
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
