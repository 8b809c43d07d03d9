/** What SFO keeps: its numbers, all float64, and what of them is allowed. */
import { SpecError } from '../error.ts';
import type { TrainSpec } from '../train-spec.ts';
import { FEWEST_MINIBATCHES, minibatchesOf, type SfoOptions } from './sfo.ts';

export interface SfoSizes {
  /** Of the net: those that are trained. */
  readonly parameters: number;
  /** N. */
  readonly minibatches: number;
  readonly history: number;
  /** Directions after the subspace was reduced, and at most. They are `parameters` where the subspace is the whole space. */
  readonly kept: number;
  readonly directions: number;
  /** Columns of a minibatch's Hessian at most. */
  readonly columns: number;
}

export function sfoSizes(options: SfoOptions, parameters: number, minibatches: number): SfoSizes {
  const { history, subspace } = options;
  const kept = Math.min(2 * minibatches + 2, parameters);
  const directions = Math.min(Math.max(kept + 1, Math.ceil(kept * subspace)), parameters);
  return { parameters, minibatches, history, kept, directions, columns: Math.min(2 * history, directions) };
}

/** Whether coordinates are the parameters themselves. */
export const isWholeSpace = ({ parameters, directions }: SfoSizes): boolean => directions === parameters;

/** Lengths of the vectors that are remembered, by name; numbers of one minibatch, or of one direction, lie side by side. */
export function sfoLengths(sizes: SfoSizes): Readonly<Record<SfoVector, number>> {
  const { parameters, minibatches, history, directions, columns } = sizes;
  return {
    weights: parameters,
    before: parameters,
    basis: isWholeSpace(sizes) ? 0 : directions * parameters,
    here: directions,
    positions: minibatches * directions,
    gradients: minibatches * directions,
    steps: minibatches * history * directions,
    changes: minibatches * history * directions,
    factors: minibatches * columns * directions,
    signs: minibatches * columns,
    curvature: directions * directions,
    least: minibatches,
    most: minibatches,
    active: minibatches,
    looks: minibatches,
    values: minibatches,
  };
}

export type SfoVector =
  | 'weights'
  | 'before'
  | 'basis'
  | 'here'
  | 'positions'
  | 'gradients'
  | 'steps'
  | 'changes'
  | 'factors'
  | 'signs'
  | 'curvature'
  | 'least'
  | 'most'
  | 'active'
  | 'looks'
  | 'values';

export const sfoBytes = (sizes: SfoSizes): number =>
  8 * Object.values(sfoLengths(sizes)).reduce((sum, length) => sum + length, 0);

/** Most bytes that SFO may keep: they are in every checkpoint. */
export const SFO_BYTES = 512 * 2 ** 20;

/** What is kept, in words. */
export const sfoKeeps = (sizes: SfoSizes): string =>
  `${sizes.directions} directions of ${sizes.parameters.toLocaleString('en-US')} parameters for ${sizes.minibatches} minibatches, ${mebibytes(sfoBytes(sizes))} in memory and in every checkpoint`;

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;

/**
 * @param examples of the training split; null where they aren't known yet: then the fewest minibatches are counted
 * @throws SpecError where there are more minibatches than examples, or more to keep than is allowed
 */
export function checkSfo({ update }: Pick<TrainSpec, 'update'>, parameters: number, examples: number | null): void {
  if (update.rule !== 'sfo') return;
  const { minibatches } = update;
  if (examples !== null && minibatches !== undefined && minibatches > examples)
    throw new SpecError(
      'invalid_spec',
      `update.minibatches: the ${examples.toLocaleString('en-US')} training examples can't be cut into ${minibatches.toLocaleString('en-US')} minibatches; give at most as many as there are examples`,
      'update.minibatches',
    );
  const sizes = sfoSizes(update, parameters, minibatchesOf(update, examples ?? FEWEST_MINIBATCHES));
  if (sfoBytes(sizes) <= SFO_BYTES) return;
  throw new SpecError(
    'model_too_large',
    `update.rule: sfo keeps ${sfoKeeps(sizes)}; at most ${mebibytes(SFO_BYTES)} are allowed: take fewer minibatches, a shorter history, or l-bfgs`,
    'update.rule',
  );
}
