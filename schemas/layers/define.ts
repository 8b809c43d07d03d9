/** What a layer is: its options, the shape it makes, its size and how TF.js builds it. One layer, one file. */
import type { layers } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Shape } from '../shape.ts';

export type TensorFlowLayers = typeof layers;
export type TensorFlowLayer = layers.Layer;

export interface LayerDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<
    { type: z.ZodLiteral<Type>; name: z.ZodOptional<z.ZodString> } & Options,
    z.core.$strict
  >;
  /** Output shape, without the batch dimension. @throws ShapeMismatch */
  readonly infer: (input: Shape, options: never) => Shape;
  /** Number of trained and untrained weights. */
  readonly parameters: (input: Shape, options: never) => number;
  /** The TF.js layer. `seed` seeds its initialiser; `name` is unique in the model. */
  readonly build: (tfLayers: TensorFlowLayers, options: never, context: BuildContext) => TensorFlowLayer;
}

export interface BuildContext {
  readonly name: string;
  readonly seed: number;
  /** Given for the first layer of the model only. */
  readonly inputShape?: Shape;
}

export function defineLayer<const Type extends string, Options extends z.ZodRawShape>(definition: {
  type: Type;
  description: string;
  options: Options;
  infer: (input: Shape, options: z.output<z.ZodObject<Options>>) => Shape;
  parameters?: (input: Shape, options: z.output<z.ZodObject<Options>>) => number;
  build: (
    tfLayers: TensorFlowLayers,
    options: z.output<z.ZodObject<Options>>,
    context: BuildContext,
  ) => TensorFlowLayer;
}): LayerDefinition<Type, Options> {
  const { type, description, options, infer, build } = definition;
  const schema = z
    .strictObject({
      type: z.literal(type),
      name: z
        .string()
        .regex(/^[A-Za-z][\w-]{0,63}$/)
        .optional()
        .describe('Name of the layer in metrics and weights; made from its type and place when left out.'),
      ...options,
    })
    .meta({ id: `${pascal(type)}Layer`, description });
  return {
    type,
    schema: schema as unknown as LayerDefinition<Type, Options>['schema'],
    infer,
    parameters: definition.parameters ?? (() => 0),
    build,
  };
}

/** `max-pooling2d` -> `MaxPooling2d`. */
export const pascal = (name: string): string =>
  name.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_all, _gap, letter: string) => letter.toUpperCase());

/** TF.js names its initialisers in camel case: `he-normal` -> `heNormal`. */
export const camel = (name: string): string => name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
