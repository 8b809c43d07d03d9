/** What happens to gradients before the update rule: clipping, then coupled weight decay. */
import type { Clipping, WeightDecay } from '@anneal/schemas';
import type { TensorArithmetic } from './tensor-arithmetic.ts';

export interface Gradient<T> {
  /** The parameter and its gradient, of one shape. */
  readonly w: T;
  readonly g: T;
  /** Whether weight decay applies to it. */
  readonly decays: boolean;
  /** Which member of an ensemble it belongs to: a global norm is that of a member. */
  readonly member: number;
}

export interface TransformOptions {
  readonly clip?: Clipping | undefined;
  readonly weightDecay?: WeightDecay | undefined;
}

/** The transformed gradients, in the same order. */
export function transformGradients<T>(
  ops: TensorArithmetic<T>,
  gradients: readonly Gradient<T>[],
  { clip, weightDecay }: TransformOptions,
): T[] {
  const clipped = clip ? clipGradients(ops, gradients, clip) : gradients.map(({ g }) => g);
  if (weightDecay?.type !== 'coupled') return clipped;
  const strength = ops.scalar(weightDecay.strength);
  return clipped.map((g, i) => (gradients[i]!.decays ? ops.add(g, ops.mul(strength, gradients[i]!.w)) : g));
}

function clipGradients<T>(ops: TensorArithmetic<T>, whole: readonly Gradient<T>[], clip: Clipping): T[] {
  const gradients = whole.map(({ g }) => g);
  if (clip.value !== undefined) {
    const [low, high] = [ops.scalar(-clip.value), ops.scalar(clip.value)];
    return gradients.map((g) => ops.minimum(ops.maximum(g, low), high));
  }
  const squares = gradients.map((g) => ops.sum(ops.square(g)));
  if (clip.norm !== undefined) return gradients.map((g, i) => ops.mul(g, shrink(ops, squares[i]!, clip.norm!)));
  const factors = [...new Set(whole.map(({ member }) => member))].map((member) => {
    const own = squares.filter((_square, i) => whole[i]!.member === member);
    return [member, shrink(ops, own.reduce(ops.add), clip.globalNorm!)] as const;
  });
  const factorOf = new Map(factors);
  return gradients.map((g, i) => ops.mul(g, factorOf.get(whole[i]!.member)!));
}

/** min(1, c/‖g‖), 1 for a gradient of 0: c / max(c, ‖g‖). */
const shrink = <T>(ops: TensorArithmetic<T>, square: T, c: number): T =>
  ops.div(ops.scalar(c), ops.maximum(ops.scalar(c), ops.sqrt(square)));
