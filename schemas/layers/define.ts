/** What a layer is: its options, the shape it makes, its size and how TF.js builds it. One layer, one file. */
import type { layers, SymbolicTensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { nonNegative } from '../numbers.ts';
import { formatShape, type Shape, ShapeMismatch } from '../shape.ts';
import type { Initializer } from './initializer.ts';

export type TensorFlowLayers = typeof layers;
export type TensorFlowLayer = layers.Layer;

/** What every layer may say of itself. */
const common = {
  name: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,63}$/)
    .optional()
    .describe('Name of the layer in metrics and weights; made from its type and place when left out.'),
  inputs: z
    .array(z.string())
    .min(1)
    .max(64)
    .optional()
    .describe('Names of the layers it takes its input from, or `input`; the layer before it when left out.'),
  frozen: z.boolean().default(false).describe('Its weights are not trained.'),
  rateMultiplier: nonNegative().default(1).describe('Multiplies the learning rate of its weights.'),
};

type Common = typeof common;

export interface LayerDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<{ type: z.ZodLiteral<Type> } & Common & Options, z.core.$strict>;
  /** Whether it takes several inputs. */
  readonly merges: boolean;
  /** Output shape, without the batch dimension. @throws ShapeMismatch */
  readonly infer: (inputs: readonly Shape[], options: never) => Shape;
  /** Number of trained and untrained weights. */
  readonly parameters: (input: Shape, options: never) => number;
  /** Multiply-adds of its matrix products and convolutions, forwards, for one example; what is done element by element isn't counted. */
  readonly multiplyAdds: (input: Shape, output: Shape, options: never) => number;
  /** The TF.js layer. */
  readonly build: (tfLayers: TensorFlowLayers, options: never, context: BuildContext) => TensorFlowLayer;
}

export interface BuildContext {
  /** Seeds its initialiser. */
  readonly seed: number;
  /** Shape of its (first) input. */
  readonly input: Shape;
  /** What every TF.js layer is made with: its name, unique in the model, and for the first of a sequence its input shape. */
  readonly base: { readonly name: string; readonly inputShape?: number[] };
  /** Makes one layer of several, for an input of shape `input`. */
  chain(layers: readonly TensorFlowLayer[]): TensorFlowLayer;
  /** Makes one layer of several that are no chain, for an input of shape `input`. */
  nested(make: (input: SymbolicTensor) => SymbolicTensor): TensorFlowLayer;
  /** Makes a layer of the user's own. */
  own(options: OwnLayerOptions, base: BuildContext['base'], seed: number): TensorFlowLayer;
}

/** What the engine has to know of a layer of the user's own. */
export interface OwnLayerOptions {
  readonly code: string;
  readonly fileName: string;
  readonly output?: Shape | undefined;
  readonly weights: Readonly<Record<string, { readonly shape: Shape; readonly initializer: Initializer }>>;
}

interface Described<Type extends string, Options extends z.ZodRawShape> {
  type: Type;
  description: string;
  options: Options;
  parameters?: (input: Shape, options: z.output<z.ZodObject<Options>>) => number;
  /** 0 when left out. */
  multiplyAdds?: (input: Shape, output: Shape, options: z.output<z.ZodObject<Options>>) => number;
  build: (
    tfLayers: TensorFlowLayers,
    options: z.output<z.ZodObject<Options>>,
    context: BuildContext,
  ) => TensorFlowLayer;
}

/** A layer of one input. */
export function defineLayer<const Type extends string, Options extends z.ZodRawShape>(
  definition: Described<Type, Options> & {
    infer: (input: Shape, options: z.output<z.ZodObject<Options>>) => Shape;
  },
): LayerDefinition<Type, Options> {
  const infer = ([input]: readonly Shape[], options: never) => definition.infer(input!, options);
  return { ...made(definition), infer, merges: false };
}

/** A layer that joins several inputs. */
export function defineMerge<const Type extends string, Options extends z.ZodRawShape>(
  definition: Described<Type, Options> & {
    infer: (inputs: readonly Shape[], options: z.output<z.ZodObject<Options>>) => Shape;
  },
): LayerDefinition<Type, Options> {
  return { ...made(definition), infer: definition.infer as never, merges: true };
}

function made<const Type extends string, Options extends z.ZodRawShape>({
  type,
  description,
  options,
  parameters,
  multiplyAdds,
  build,
}: Described<Type, Options>) {
  const schema = z
    .strictObject({ type: z.literal(type), ...common, ...options })
    .meta({ id: `${pascal(type)}Layer`, description });
  return {
    type,
    schema: schema as unknown as LayerDefinition<Type, Options>['schema'],
    parameters: parameters ?? (() => 0),
    multiplyAdds: multiplyAdds ?? (() => 0),
    build,
  };
}

/** @throws ShapeMismatch unless the shape has the axes, as in `needs(input, ['steps', 'features'])` */
export function needs(input: Shape, axes: readonly string[], hint?: string): void {
  if (input.length !== axes.length) throw new ShapeMismatch(input, formatShape(axes as never), hint);
}

/** `max-pooling2d` -> `MaxPooling2d`. */
export const pascal = (name: string): string =>
  name.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_all, _gap, letter: string) => letter.toUpperCase());

/** TF.js names its initialisers in camel case: `he-normal` -> `heNormal`. */
export const camel = (name: string): string => name.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
