/** The registry of update rules: a new rule is one file here and its line below. */
import { z } from 'zod';
import { adam } from './adam.ts';
import type { UpdateDefinition } from './define.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import { sgd } from './sgd.ts';

const registry = [sgd, momentum, nesterov, adam] as const;

export const update = z
  .discriminatedUnion('rule', [sgd.schema, momentum.schema, nesterov.schema, adam.schema])
  .meta({ id: 'Update', description: 'The update rule: what turns a gradient into a change of the parameters.' });

export type Update = z.output<typeof update>;

export const updateDefinitions: ReadonlyMap<string, UpdateDefinition> = new Map(
  registry.map((definition) => [definition.rule, definition as unknown as UpdateDefinition]),
);

export function updateDefinition(rule: string): UpdateDefinition {
  const definition = updateDefinitions.get(rule);
  if (!definition) throw new Error(`update rule '${rule}' is not in the registry`);
  return definition;
}
