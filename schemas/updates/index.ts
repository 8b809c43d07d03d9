/** The registry of update rules: a new rule is one file here and its line below. */
import { z } from 'zod';
import { conjugateGradient, fullBatchDefinitions, lBfgs, newton, sfo } from '../full-batch/index.ts';
import { adadelta } from './adadelta.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { amsgrad } from './amsgrad.ts';
import type { UpdateDefinition } from './define.ts';
import { lion } from './lion.ts';
import { moduleUpdate } from './module.ts';
import { momentum } from './momentum.ts';
import { nadam } from './nadam.ts';
import { nesterov } from './nesterov.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

const registry = [
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adadelta,
  adam,
  adamw,
  amsgrad,
  nadam,
  lion,
  moduleUpdate,
] as const;

export const update = z
  .discriminatedUnion('rule', [
    sgd.schema,
    momentum.schema,
    nesterov.schema,
    adagrad.schema,
    rmsprop.schema,
    adadelta.schema,
    adam.schema,
    adamw.schema,
    amsgrad.schema,
    nadam.schema,
    lion.schema,
    moduleUpdate.schema,
    lBfgs.schema,
    conjugateGradient.schema,
    newton.schema,
    sfo.schema,
  ])
  .meta({ id: 'Update', description: 'The update rule: what turns a gradient into a change of the parameters.' });

export type Update = z.output<typeof update>;
export type FullBatchUpdate = Extract<Update, { rule: 'l-bfgs' | 'conjugate-gradient' | 'newton' | 'sfo' }>;

/** Whether a rule looks at the loss several times before it takes a step. */
export const isFullBatch = (spec: Update): spec is FullBatchUpdate => fullBatchDefinitions.has(spec.rule);

export const updateDefinitions: ReadonlyMap<string, UpdateDefinition> = new Map(
  registry.map((definition) => [definition.rule, definition as unknown as UpdateDefinition]),
);

export function updateDefinition(rule: string): UpdateDefinition {
  const definition = updateDefinitions.get(rule);
  if (!definition) throw new Error(`update rule '${rule}' is not in the registry`);
  return definition;
}

/** Names of the state that a rule with these options keeps for each parameter; all start at 0. */
export const updateSlots = (spec: Update): readonly string[] =>
  (fullBatchDefinitions.get(spec.rule) ?? updateDefinition(spec.rule)).slots(spec as never);
