/** What a loss is: its options, the shapes it takes, its value at chance and the formula. One loss, one file. */
import type * as tfjs from '@tensorflow/tfjs';
import { z } from 'zod';
import { pascal } from '../layers/define.ts';
import type { Shape } from '../shape.ts';

/** TF.js, and the fused kernels of the engine. */
export type TensorFlow = typeof tfjs & {
  /** −log softmax(logits)[label] of each example: logits [batch, classes], labels int32 [batch] -> [batch]. */
  sparseSoftmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
};
export type Tensor = tfjs.Tensor;

/** What the labels are: a class index an example, or a vector of numbers. */
export type Target =
  | { readonly kind: 'class'; readonly classes: number }
  | { readonly kind: 'values'; readonly shape: Shape };

/** What turns outputs into probabilities; null where they are numbers. */
export type Probability = 'softmax' | 'sigmoid' | null;

export interface LossDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<{ type: z.ZodLiteral<Type> } & Options, z.core.$strict>;
  /** Loss over class labels, or over vectors of numbers, or over both. */
  readonly target: Target['kind'] | 'any';
  /** Data loss of a model that knows nothing (all outputs equal), or null where no such number exists. */
  readonly atChance: (target: Target, options: never) => number | null;
  /** What no outputs can bring the loss below for one label (a class, or a number to learn): 0 where the label can be met, null where it is not known. */
  readonly least: (label: number, target: Target, options: never) => number | null;
  /** What turns outputs into probabilities; null where they are none. */
  readonly probability: (options: never) => Probability;
  /** @throws SpecError if the options don't fit the labels */
  readonly check: (target: Target, options: never) => void;
  /** Loss of each example: output [batch, …], labels int32 [batch] or float32 [batch, …] -> [batch]. */
  readonly perExample: (tf: TensorFlow, output: Tensor, labels: Tensor, options: never) => Tensor;
}

export function defineLoss<const Type extends string, Options extends z.ZodRawShape>(definition: {
  type: Type;
  description: string;
  options: Options;
  target: Target['kind'] | 'any';
  atChance: (target: Target, options: z.output<z.ZodObject<Options>>) => number | null;
  least?: (label: number, target: Target, options: z.output<z.ZodObject<Options>>) => number | null;
  probability?: 'softmax' | 'sigmoid' | ((options: z.output<z.ZodObject<Options>>) => Probability);
  check?: (target: Target, options: z.output<z.ZodObject<Options>>) => void;
  perExample: (tf: TensorFlow, output: Tensor, labels: Tensor, options: z.output<z.ZodObject<Options>>) => Tensor;
}): LossDefinition<Type, Options> {
  const { type, description, options, target, atChance, perExample, probability = null } = definition;
  const schema = z.strictObject({ type: z.literal(type), ...options }).meta({ id: `${pascal(type)}Loss`, description });
  return {
    type,
    schema: schema as unknown as LossDefinition<Type, Options>['schema'],
    target,
    atChance: atChance as never,
    least: (definition.least ?? (() => 0)) as never,
    probability: (typeof probability === 'function' ? probability : () => probability) as never,
    check: (definition.check ?? (() => {})) as never,
    perExample: perExample as never,
  };
}

/** The mean over all outputs of an example: [batch, …] -> [batch]. */
export const meanOutputs = (tf: TensorFlow, values: Tensor): Tensor =>
  values.rank > 1 ? tf.mean(tf.reshape(values, [values.shape[0] ?? 0, -1]), 1) : values;
