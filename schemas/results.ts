/** How jobs end, by kind. */
import { z } from 'zod';
import { runCost } from './forecast.ts';
import { modelSource } from './model-source.ts';
import { fileContents } from './uploaded-dataset.ts';

const splitResult = z.object({
  loss: z.number(),
  score: z.number().describe('Accuracy for classes, −loss for regression.'),
});

const disagreement = z
  .number()
  .describe(
    'Classes: share of pairs of members that answer differently, mean over the examples. Numbers: standard deviation of what is averaged, mean over the examples.',
  );

const peakMemoryBytes = z.int().describe('Largest resident set of the runner.');

export const trainResult = z
  .object({
    steps: z.int(),
    epochs: z.number(),
    trainSeconds: z.number().describe('Training and evaluation, without set-up and checks.'),
    microsecondsPerStep: z.number().describe('Median over the steps.'),
    stoppedBy: z.enum(['epochs', 'steps', 'seconds', 'early-stopping', 'range-test', 'converged', 'dollars']),
    parameters: z.int(),
    validation: splitResult.nullable(),
    test: splitResult.nullable(),
    average: z
      .object({ validation: splitResult.nullable(), test: splitResult.nullable() })
      .nullable()
      .describe('Of the running average of the parameters at the end; null where none was asked for.'),
    ensemble: z
      .object({
        members: z
          .array(z.object({ validation: splitResult.nullable(), test: splitResult.nullable() }))
          .describe('Each alone.'),
        disagreement,
      })
      .nullable()
      .describe('Of the best weights; null where one model was trained.'),
    best: z.object({ checkpoint: z.string(), step: z.int(), score: z.number().describe('By `monitor`.') }).nullable(),
    peakMemoryBytes,
    submitToFirstStepSeconds: z.number(),
    cost: runCost
      .nullable()
      .describe(
        'Forecast against actual; null for a job that ran before there were forecasts, or whose record of its attempts is gone.',
      ),
  })
  .meta({ id: 'TrainResult' });
export type TrainResult = z.output<typeof trainResult>;

export const checkResult = z
  .object({
    pass: z.int().describe('Findings of that verdict.'),
    warn: z.int(),
    fail: z.int(),
    skipped: z.int(),
    parameters: z.int().describe('Of the net.'),
    seconds: z.number().describe('Of the checks, without loading the data.'),
    peakMemoryBytes,
  })
  .meta({
    id: 'CheckResult',
    description: 'How many findings had which verdict; the findings are in `diagnostics.json`.',
  });
export type CheckResult = z.output<typeof checkResult>;

export const inspectResult = z
  .object({
    files: z.array(fileContents.extend({ name: z.string() })).describe('Each file of the data set.'),
    examples: z.int().nullable().describe('Null where the spec says not how they are read.'),
    pass: z.int().describe('Findings of the data report of that verdict.'),
    warn: z.int(),
    skipped: z.int(),
    seconds: z.number().describe('Of the looking, without the fetching.'),
    peakMemoryBytes,
  })
  .meta({ id: 'InspectResult', description: 'What is in the files; the findings are in `diagnostics.json`.' });
export type InspectResult = z.output<typeof inspectResult>;

const judged = splitResult.extend({ examples: z.int() });

export const evaluateResult = judged
  .extend({ seconds: z.number().describe('Of the evaluation itself.'), peakMemoryBytes })
  .meta({ id: 'EvaluateResult' });
export type EvaluateResult = z.output<typeof evaluateResult>;

export const predictResult = z
  .object({ examples: z.int(), files: z.int(), seconds: z.number(), peakMemoryBytes })
  .meta({ id: 'PredictResult' });
export type PredictResult = z.output<typeof predictResult>;

export const ensembleResult = judged
  .extend({
    members: z
      .array(
        modelSource.extend({
          member: z.int().optional().describe('Of a job that trained several.'),
          ...splitResult.shape,
        }),
      )
      .describe('Each alone, on the same examples.'),
    disagreement,
    parameters: z.int().describe('Of the exported model.'),
    seconds: z.number(),
    peakMemoryBytes,
  })
  .meta({ id: 'EnsembleResult' });
export type EnsembleResult = z.output<typeof ensembleResult>;
