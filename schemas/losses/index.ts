/** The registry of losses: a new loss is one file here and its line below. */
import { z } from 'zod';
import { cosineDistance } from './cosine-distance.ts';
import type { LossDefinition, Probability } from './define.ts';
import { huber } from './huber.ts';
import { kullbackLeibler } from './kullback-leibler.ts';
import { meanAbsoluteError } from './mean-absolute-error.ts';
import { meanSquaredError } from './mean-squared-error.ts';
import { moduleLoss } from './module.ts';
import { oneVsAllHinge } from './one-vs-all-hinge.ts';
import { poisson } from './poisson.ts';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { westonWatkins } from './weston-watkins.ts';

export type { LossDefinition, Probability, Target, TensorFlow } from './define.ts';
export { weighted } from './softmax-cross-entropy.ts';

const registry = [
  softmaxCrossEntropy,
  sigmoidCrossEntropy,
  westonWatkins,
  oneVsAllHinge,
  kullbackLeibler,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  poisson,
  cosineDistance,
  moduleLoss,
] as const;

export const loss = z
  .discriminatedUnion('type', [
    softmaxCrossEntropy.schema,
    sigmoidCrossEntropy.schema,
    westonWatkins.schema,
    oneVsAllHinge.schema,
    kullbackLeibler.schema,
    meanSquaredError.schema,
    meanAbsoluteError.schema,
    huber.schema,
    poisson.schema,
    cosineDistance.schema,
    moduleLoss.schema,
  ])
  .meta({ id: 'Loss', description: 'The data loss, averaged over the batch.' });

export type Loss = z.output<typeof loss>;

export const lossDefinitions: ReadonlyMap<string, LossDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as LossDefinition]),
);

/** What turns the outputs of a model with this loss into probabilities. */
export const probabilityOf = (spec: Loss): Probability => lossDefinition(spec.type).probability(spec as never);

export function lossDefinition(type: string): LossDefinition {
  const definition = lossDefinitions.get(type);
  if (!definition) throw new Error(`loss '${type}' is not in the registry`);
  return definition;
}
