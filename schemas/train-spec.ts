/** The spec of a train job. */
import { z } from 'zod';
import { augmentation } from './augmentation.ts';
import { averaging } from './averaging.ts';
import { checkpointing } from './checkpointing.ts';
import { clipping } from './clipping.ts';
import { data } from './dataset/index.ts';
import { earlyStopping } from './early-stopping.ts';
import { trainedEnsemble } from './ensemble-spec.ts';
import { labels } from './labels.ts';
import { loss } from './losses/index.ts';
import { model } from './model.ts';
import { monitor } from './monitor.ts';
import { count, nonNegative, positive, seed } from './numbers.ts';
import { observations } from './observations.ts';
import { ownMetrics } from './own-metric.ts';
import { schedule } from './schedules/index.ts';
import { update } from './updates/index.ts';
import { weightDecay } from './weight-decay.ts';

export const regularization = z
  .strictObject({
    l1: nonNegative().default(0).describe('λ₁ of λ₁ Σ|w|.'),
    l2: nonNegative().default(0).describe('λ₂ of λ₂ Σw².'),
  })
  .prefault({})
  .meta({
    id: 'Regularization',
    description: 'Added to the data loss, over the weights of dense and convolutional layers (not biases).',
  });

export const budget = z
  .strictObject({
    epochs: count().optional().describe('Passes over the training split.'),
    steps: count().optional().describe('Updates.'),
    seconds: positive().optional().describe('Seconds of training, evaluation included.'),
    dollars: positive()
      .optional()
      .describe(
        'Price of the machines of all attempts, by the price table of the repository. Training ends in time to export; a run that is not done by then fails. Only where runners have a price: on AWS Batch.',
      ),
  })
  .refine(({ epochs, steps, seconds, dollars }) => [epochs, steps, seconds, dollars].some((one) => one !== undefined), {
    message: 'give at least one of epochs, steps, seconds, dollars',
  })
  .meta({ id: 'Budget', description: 'The run ends when the first of them is used up.' });

export const planChoice = z.enum(['auto', 'graph', 'xla', 'eager']).default('auto').meta({
  id: 'PlanChoice',
  description: 'How the step is executed; `auto` times graph and xla and takes the faster one.',
});

export const trainSpec = z
  .strictObject({
    kind: z.literal('train'),
    ...labels,
    seed: seed()
      .default(1)
      .describe('Of splits, initial weights, batch order and dropout: the same seed gives the same bits.'),
    data,
    augmentation,
    model,
    loss,
    regularization,
    update,
    schedule,
    momentumSchedule: schedule
      .optional()
      .describe(
        'Anneals the momentum of the update rule, from `rate` at t = 0; the rules momentum and nesterov take one.',
      ),
    clip: clipping.optional(),
    weightDecay: weightDecay.optional(),
    averaging: averaging.optional(),
    ensemble: trainedEnsemble.optional(),
    batchSize: count()
      .max(65536)
      .default(64)
      .describe('Examples a step; the last step of an epoch trains the remainder.'),
    accumulate: count()
      .max(256)
      .default(1)
      .describe(
        'Batches whose gradients are averaged before each update: a step trains batchSize · accumulate examples in the memory of one batch.',
      ),
    budget,
    metrics: ownMetrics
      .optional()
      .describe(
        'Metrics of one’s own, by name: measured on the validation split after every epoch, and in `scores.json`.',
      ),
    monitor,
    earlyStopping: earlyStopping.optional(),
    checkpoints: checkpointing,
    observations,
    plan: planChoice,
    checks: z.enum(['on', 'off']).default('on').describe('Sanity checks before the run; `off` is recorded.'),
    onCheckFailure: z.enum(['warn', 'stop']).default('warn').describe('What a failed check does to the run.'),
    experiments: z
      .enum(['off', 'on'])
      .default('off')
      .describe(
        'At the end of a run that went wrong, trains with the patches of up to three causes for a twentieth of its steps each, and ranks the causes by what that shows.',
      ),
    onDiagnosis: z
      .enum(['warn', 'pause', 'stop'])
      .default('warn')
      .describe(
        'What a cause that the diagnosis is sure of does to a run that goes on: told only; paused, to be resumed or cancelled; failed with `stopped_by_diagnosis`. A checkpoint is kept either way.',
      ),
  })
  .meta({ id: 'TrainSpec', description: 'Trains one model.' });

export type TrainSpec = z.output<typeof trainSpec>;
export type TrainSpecInput = z.input<typeof trainSpec>;
