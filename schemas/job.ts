/** A job as the service shows it: the spec, the state it is in, how far it has come and how it ended. */
import { z } from 'zod';
import { errorDetail } from './error.ts';
import { spec } from './spec.ts';

export const jobState = z
  .enum(['queued', 'starting', 'running', 'paused', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'JobState' });
export type JobState = z.output<typeof jobState>;

export const finalStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];
export const isFinal = (state: JobState): boolean => finalStates.includes(state);

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
  })
  .meta({ id: 'PlanReport', description: 'How the step is executed, and the timings that decided it.' });
export type PlanReport = z.output<typeof planReport>;

export const progress = z
  .object({
    phase: z.enum(['preparing', 'checking', 'training', 'exporting']),
    step: z.int(),
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

const splitResult = z.object({
  loss: z.number(),
  score: z.number().describe('Accuracy for classes, −loss for regression.'),
});

export const trainResult = z
  .object({
    steps: z.int(),
    epochs: z.number(),
    trainSeconds: z.number().describe('Training and evaluation, without set-up and checks.'),
    microsecondsPerStep: z.number().describe('Median over the steps.'),
    stoppedBy: z.enum(['epochs', 'steps', 'seconds', 'early-stopping', 'range-test']),
    parameters: z.int(),
    validation: splitResult.nullable(),
    test: splitResult.nullable(),
    average: z
      .object({ validation: splitResult.nullable(), test: splitResult.nullable() })
      .nullable()
      .describe('Of the running average of the parameters at the end; null where none was asked for.'),
    best: z.object({ checkpoint: z.string(), step: z.int(), score: z.number() }).nullable(),
    peakMemoryBytes: z.int().describe('Largest resident set of the runner.'),
    submitToFirstStepSeconds: z.number(),
  })
  .meta({ id: 'TrainResult' });
export type TrainResult = z.output<typeof trainResult>;

export const job = z
  .object({
    id: z.string().regex(/^job_[0-9a-z]{20,32}$/),
    kind: z.enum(['train']),
    name: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
    state: jobState,
    stopping: z.enum(['cancel', 'pause']).nullable().describe('Asked of a running job and not yet done.'),
    attempt: z.int().describe('Executions so far.'),
    spec,
    plan: planReport.nullable(),
    progress: progress.nullable(),
    result: trainResult.nullable(),
    error: errorDetail.nullable().describe('Why a job failed.'),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof job>;
