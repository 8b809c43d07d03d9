/** The registry of layers: a new layer is one file here and its line below. */
import { z } from 'zod';
import { activation } from './activation.ts';
import { averagePooling2d } from './average-pooling2d.ts';
import { batchNormalization } from './batch-normalization.ts';
import { conv2d } from './conv2d.ts';
import type { LayerDefinition } from './define.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { maxPooling2d } from './max-pooling2d.ts';

const registry = [
  dense,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  flatten,
  dropout,
  batchNormalization,
  activation,
] as const;

export const layer = z
  .discriminatedUnion('type', [
    dense.schema,
    conv2d.schema,
    maxPooling2d.schema,
    averagePooling2d.schema,
    flatten.schema,
    dropout.schema,
    batchNormalization.schema,
    activation.schema,
  ])
  .meta({ id: 'Layer', description: 'One layer of the model.' });

export type Layer = z.output<typeof layer>;

export const layerDefinitions: ReadonlyMap<string, LayerDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as LayerDefinition]),
);

export function layerDefinition(type: string): LayerDefinition {
  const definition = layerDefinitions.get(type);
  if (!definition) throw new Error(`layer '${type}' is not in the registry`);
  return definition;
}
