/** The spec of an ensemble job: trained models that answer together. */
import { z } from 'zod';
import { askedData } from './asked-data.ts';
import { labels } from './labels.ts';
import { modelSource } from './model-source.ts';

export const ensembleAverage = z
  .enum(['probabilities', 'logits', 'weights'])
  .default('probabilities')
  .meta({
    id: 'EnsembleAverage',
    description:
      'What is averaged. `probabilities`: p̄ = 1/M Σ softmax(z_m). `logits`: z̄ = 1/M Σ z_m, a geometric mean of probabilities. For numbers both are the mean of ' +
      'the outputs. `weights`: w̄ = 1/M Σ w_m, one model as fast as a member; only for members of one run, and with the statistics of batch normalisation measured ' +
      'anew (Izmailov et al. 2018, SWA).',
  });

/** The `ensemble` section of a train spec: several models trained at once. */
export const trainedEnsemble = z
  .strictObject({
    members: z.int().min(2).max(256).describe('M, models of the same layers with initial weights of their own.'),
    average: z.enum(['probabilities', 'logits']).default('probabilities').describe('What is averaged in their answer.'),
  })
  .meta({
    id: 'TrainedEnsemble',
    description:
      'Trains M models side by side in one compiled step, on the same batches, each with its own initial weights, dropout and gradient, as if alone; losses are means ' +
      'over them, validation and test judge their common answer. Exported as one model.',
  });

export const ensembleSpec = z
  .strictObject({
    kind: z.literal('ensemble'),
    ...labels,
    members: z
      .array(modelSource)
      .min(1)
      .max(256)
      .describe('Finished jobs, or checkpoints of one: `{ job, weights: checkpoints/* }`. Two models at least.'),
    average: ensembleAverage,
    ...askedData,
  })
  .meta({
    id: 'EnsembleSpec',
    description: 'Averages trained models, judges each and all, and exports one model that predicts like any other.',
  });

export type EnsembleSpec = z.output<typeof ensembleSpec>;
export type EnsembleAverage = z.output<typeof ensembleAverage>;
