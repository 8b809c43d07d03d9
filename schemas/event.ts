/** Events of a job, in the order they happened; what `GET /v1/jobs/{id}/events` streams. */
import { z } from 'zod';
import { artifact } from './artifact.ts';
import { errorDetail } from './error.ts';
import { finding } from './finding.ts';
import { forecast } from './forecast.ts';
import { jobState, planReport, progress } from './job.ts';

const body = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: jobState, reason: z.string().nullable(), error: errorDetail.nullable() }),
  z.object({ type: z.literal('notice'), level: z.enum(['info', 'warning']), message: z.string() }),
  z.object({ type: z.literal('plan'), plan: planReport }),
  z.object({ type: z.literal('finding'), finding }),
  z.object({
    type: z.literal('epoch'),
    epoch: z.int(),
    step: z.int(),
    trainingLoss: z.number(),
    validationLoss: z.number().nullable(),
    validationScore: z.number().nullable(),
    averageLoss: z.number().nullable().describe('Validation loss of the running average of the parameters.'),
    averageScore: z.number().nullable(),
    metrics: z
      .record(z.string(), z.number().nullable())
      .optional()
      .describe('Those of one’s own, of the validation split; null where not finite.'),
    seconds: z.number(),
  }),
  z.object({
    type: z.literal('checkpoint'),
    name: z.string(),
    step: z.int(),
    score: z.number().nullable(),
    replaces: z
      .array(z.string())
      .describe('Earlier checkpoints, now neither the best nor the last, whose files are removed.'),
  }),
  z.object({
    type: z.literal('machine'),
    machine: z.string().describe('That the attempt runs on.'),
    dollarsPerHour: z
      .number()
      .nullable()
      .describe('What an hour of it counts for `budget.dollars`; null without a price.'),
  }),
  z.object({ type: z.literal('forecast'), forecast: forecast.describe('For the machine that the attempt runs on.') }),
  z.object({ type: z.literal('artifact'), artifact: artifact.extend({ attempt: z.int() }) }),
]);

export const eventBody = body.meta({ id: 'EventBody' });
export type EventBody = z.output<typeof body>;

export const event = z
  .object({
    seq: z.int().describe('1, 2, 3 … within the job; also the id of the server-sent event.'),
    at: z.iso.datetime(),
    body: eventBody,
  })
  .meta({ id: 'Event' });
export type Event = z.output<typeof event>;

/** Sent without an id between events: the latest progress, not kept. */
export const progressMessage = z.object({ type: z.literal('progress'), progress }).meta({ id: 'ProgressMessage' });
export type ProgressMessage = z.output<typeof progressMessage>;

/** Sent last, after the final `state` event. A stream that ends without it was cut off: connect again with Last-Event-ID. */
export const streamEnd = z
  .object({ type: z.literal('end'), state: jobState.extract(['succeeded', 'failed', 'cancelled']) })
  .meta({ id: 'StreamEnd' });
export type StreamEnd = z.output<typeof streamEnd>;
