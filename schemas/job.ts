/** A job as the service shows it: the spec, the state it is in, how far it has come and how it ended. */
import { z } from 'zod';
import { checkSpec } from './check-spec.ts';
import { ensembleSpec } from './ensemble-spec.ts';
import { errorDetail } from './error.ts';
import { evaluateSpec } from './evaluate-spec.ts';
import { inspectSpec } from './inspect-spec.ts';
import { jobId } from './model-source.ts';
import { predictSpec } from './predict-spec.ts';
import { checkResult, ensembleResult, evaluateResult, inspectResult, predictResult, trainResult } from './results.ts';
import { trainSpec } from './train-spec.ts';

export const jobState = z
  .enum(['queued', 'starting', 'running', 'paused', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'JobState' });
export type JobState = z.output<typeof jobState>;

export const finalStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];
export const isFinal = (state: JobState): boolean => finalStates.includes(state);

export const dataPlace = z
  .object({
    place: z.enum(['memory', 'file']).describe('`file`: streamed, a window of them in memory at a time.'),
    reason: z.string().describe('Why there.'),
    bytes: z.int().describe('Of all examples, decoded; where they lie in memory, estimated from the size of the file.'),
    windowRows: z.int().nullable().describe('Examples in memory and shuffled together; null in memory.'),
    blockRows: z.int().nullable().describe('Examples that are read in one piece; null in memory.'),
  })
  .meta({ id: 'DataPlace', description: 'Where the examples lie while a job runs; see `data.streaming`.' });
export type DataPlace = z.output<typeof dataPlace>;

export const planReport = z
  .object({
    plan: z.enum(['graph', 'xla', 'eager']),
    reason: z.string().describe('Why this plan.'),
    microsecondsPerStep: z
      .partialRecord(z.enum(['graph', 'xla', 'eager']), z.number())
      .describe('Measured before the run.'),
    traceSeconds: z.number(),
    compileSeconds: z.number(),
    threads: z.int(),
    tensorflow: z.string().describe('Version of the TensorFlow library.'),
    data: dataPlace.optional(),
  })
  .meta({ id: 'PlanReport', description: 'How the step is executed, and the timings that decided it.' });
export type PlanReport = z.output<typeof planReport>;

export const progress = z
  .object({
    phase: z.enum(['preparing', 'checking', 'training', 'evaluating', 'predicting', 'exporting']),
    step: z.int().describe('Updates done; of the other kinds of job, examples.'),
    steps: z.int().nullable().describe('Planned; null when only time ends the run.'),
    epoch: z.int().describe('From 1; 0 before training.'),
    epochs: z.int().nullable(),
    loss: z.number().nullable().describe('Mean of the last steps.'),
    validationLoss: z.number().nullable(),
    validationScore: z.number().nullable(),
    microsecondsPerStep: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .meta({ id: 'Progress' });
export type Progress = z.output<typeof progress>;

/** What jobs of all kinds have. */
const common = {
  id: jobId,
  name: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  state: jobState,
  stopping: z.enum(['cancel', 'pause']).nullable().describe('Asked of a running job and not yet done.'),
  attempt: z.int().describe('Executions so far.'),
  plan: planReport.nullable(),
  progress: progress.nullable(),
  error: errorDetail.nullable().describe('Why a job failed.'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
};

export const jobKind = z.enum(['train', 'check', 'evaluate', 'predict', 'ensemble', 'inspect']).meta({ id: 'JobKind' });
export type JobKind = z.output<typeof jobKind>;

export const job = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('train'), ...common, spec: trainSpec, result: trainResult.nullable() })
      .meta({ id: 'TrainJob' }),
    z
      .object({ kind: z.literal('check'), ...common, spec: checkSpec, result: checkResult.nullable() })
      .meta({ id: 'CheckJob' }),
    z
      .object({ kind: z.literal('evaluate'), ...common, spec: evaluateSpec, result: evaluateResult.nullable() })
      .meta({ id: 'EvaluateJob' }),
    z
      .object({ kind: z.literal('predict'), ...common, spec: predictSpec, result: predictResult.nullable() })
      .meta({ id: 'PredictJob' }),
    z
      .object({ kind: z.literal('ensemble'), ...common, spec: ensembleSpec, result: ensembleResult.nullable() })
      .meta({ id: 'EnsembleJob' }),
    z
      .object({ kind: z.literal('inspect'), ...common, spec: inspectSpec, result: inspectResult.nullable() })
      .meta({ id: 'InspectJob' }),
  ])
  .meta({ id: 'Job', description: 'A job; its kind says which spec and which result it has.' });
export type Job = z.output<typeof job>;
export type TrainJob = Extract<Job, { kind: 'train' }>;
export type JobResult = NonNullable<Job['result']>;
