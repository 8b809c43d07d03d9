/**
 * Transforms of the inputs, fitted on the training split alone and applied to all splits, in order, before the run. X is [rows, features],
 * the shape of an example laid in one row.
 *
 *   standardize   (x − μ) / σ, each feature by its own mean and deviation; a constant feature becomes 0
 *   min-max       (x − min) / (max − min), each feature into [0, 1] of the training split
 *   mean-image    x − μ, each feature by its own mean                                              CS231n
 *   pca           (x − μ)V, V being the first eigenvectors of the covariance; `whiten` divides by √(λ + ε)
 *   zca           (x − μ)V diag(1/√(λ + ε)) Vᵀ, which whitens and stays an image                   Bell & Sejnowski 1997
 *
 * What was fitted is written to `model/preprocessing.json`, for whoever feeds the model.
 */
import { z } from 'zod';
import { count, positive } from '../numbers.ts';

export const step = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('standardize') }),
  z.strictObject({ type: z.literal('min-max') }),
  z.strictObject({ type: z.literal('mean-image') }),
  z.strictObject({
    type: z.literal('pca'),
    components: count().describe('Eigenvectors kept: the features of an example become so many.'),
    whiten: z.boolean().default(false).describe('Gives every component the variance 1.'),
    epsilon: positive().default(1e-5).describe('ε of the whitening.'),
  }),
  z.strictObject({ type: z.literal('zca'), epsilon: positive().default(1e-5).describe('ε.') }),
]);

export const preprocessing = z.array(step).max(8).default([]).meta({
  id: 'Preprocessing',
  description: 'Transforms of the inputs, fitted on the training split alone.',
});

export type PreprocessingStep = z.output<typeof step>;

/** Shape of an example after the steps. */
export const preprocessedShape = (shape: readonly number[], steps: readonly PreprocessingStep[]): readonly number[] =>
  steps.reduce((before, one) => (one.type === 'pca' ? [one.components] : before), shape);
