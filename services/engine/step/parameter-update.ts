/** One parameter's update by formula: the rule, decoupled weight decay, and the running average. */
import {
  type Averaging,
  type Update,
  type UpdateInput,
  type UpdateOutput,
  updateDefinition,
  type WeightDecay,
} from '@anneal/schemas';
import type { TensorArithmetic } from './tensor-arithmetic.ts';

export interface UpdateScalars<T> {
  readonly rate: T;
  readonly momentum?: T | undefined;
  /** t = 1, 2 … as a float. */
  readonly step: T;
}

export interface Updated<T> {
  readonly w: T;
  readonly slots: Readonly<Record<string, T>>;
}

export interface Updating<T> {
  readonly w: T;
  readonly g: T;
  readonly slots: Readonly<Record<string, T>>;
  readonly shape: readonly number[];
  readonly decays: boolean;
  /** Of this parameter: multiplies the learning rate. */
  readonly rateMultiplier: number;
}

/** One step of the rule for a parameter of this shape. */
export type Apply<T> = (input: UpdateInput<T>, shape: readonly number[]) => UpdateOutput<T>;

/** The formula of a rule of the registry. */
export const formulaOf =
  <T>(ops: TensorArithmetic<T>, update: Update): Apply<T> =>
  (input) =>
    updateDefinition(update.rule).apply(ops, input, update as never);

export function updateParameter<T>(
  ops: TensorArithmetic<T>,
  { w, g, slots, shape, decays, rateMultiplier }: Updating<T>,
  scalars: UpdateScalars<T>,
  { apply, weightDecay }: { readonly apply: Apply<T>; readonly weightDecay?: WeightDecay | undefined },
): Updated<T> {
  const rate = ownRate(ops, scalars.rate, rateMultiplier);
  const next = apply({ ...scalars, w, g, slots, rate }, shape);
  if (!decays || weightDecay?.type !== 'decoupled') return next;
  return { ...next, w: ops.sub(next.w, decayOf(ops, w, rate, weightDecay)) };
}

export const ownRate = <T>(ops: TensorArithmetic<T>, rate: T, multiplier: number): T =>
  multiplier === 1 ? rate : ops.mul(rate, ops.scalar(multiplier));

/** αλw */
export const decayOf = <T>(ops: TensorArithmetic<T>, w: T, rate: T, { strength }: WeightDecay): T =>
  ops.mul(ops.mul(rate, ops.scalar(strength)), w);

/** 1 − d_t, which the running average takes of the new weights. */
export function averageShare<T>(ops: TensorArithmetic<T>, step: T, { decay, warmUp }: Averaging): T {
  const one = ops.scalar(1);
  if (!warmUp) return ops.scalar(1 - decay);
  const early = ops.div(ops.add(one, step), ops.add(ops.scalar(10), step));
  return ops.sub(one, ops.minimum(ops.scalar(decay), early));
}

/** w̄ + (1 − d_t)(w − w̄) */
export const nextAverage = <T>(ops: TensorArithmetic<T>, average: T, w: T, share: T): T =>
  ops.add(average, ops.mul(share, ops.sub(w, average)));
