/**
 * Scores of a model on a split, beyond loss and accuracy: `scores.json`. For classes, TP, FP and FN being counts of a class:
 *
 *   precision TP/(TP+FP)   recall TP/(TP+FN)   F1 2PR/(P+R), 0 where undefined; macro: mean over the classes, weighted: by their examples
 *   aucOneVsRest           area under the ROC curve of each class's output against the rest, ties counting half (Mann-Whitney), null for a
 *                          class with no example or all of them; the outputs are compared as softmax probabilities
 *   topFive                share of examples whose class is among the five largest outputs
 *   confusion[i][j]        examples of class i that were taken for j
 *
 * metrics                those of the user's own, by name; null where not finite
 *
 * For numbers: mean absolute error, mean squared error, its root, and R² = 1 − Σ(y−ŷ)²/Σ(y−ȳ)², null for constant labels.
 */
import { z } from 'zod';

const own = z
  .record(z.string(), z.number().nullable())
  .optional()
  .describe('Of the metrics of one’s own that the model was trained with.');

const averages = z.object({ precision: z.number(), recall: z.number(), f1: z.number() });

export const classScores = z.object({
  kind: z.literal('class'),
  examples: z.int(),
  accuracy: z.number(),
  topFive: z.number().nullable().describe('Null for five classes or fewer.'),
  macro: averages,
  weighted: averages,
  aucOneVsRest: z.number().nullable().describe('Mean over the classes that have one.'),
  classes: z.array(averages.extend({ name: z.string(), examples: z.int(), auc: z.number().nullable() })),
  confusion: z.array(z.array(z.int())),
  metrics: own,
});

export const valueScores = z.object({
  kind: z.literal('values'),
  examples: z.int(),
  meanAbsoluteError: z.number(),
  meanSquaredError: z.number(),
  rootMeanSquaredError: z.number(),
  r2: z.number().nullable(),
  metrics: own,
});

export const scores = z.discriminatedUnion('kind', [classScores, valueScores]).meta({ id: 'Scores' });

export type ClassScores = z.output<typeof classScores>;
export type ValueScores = z.output<typeof valueScores>;
export type Scores = z.output<typeof scores>;
