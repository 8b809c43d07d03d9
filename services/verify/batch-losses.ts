/** Data losses of a few small batches: by the training step in double precision where that can be compared, else by the evaluation. */
import type { CheckInput } from './checks/check.ts';
import { inDoubles, isUnavailable } from './in-doubles.ts';

export interface Losses {
  readonly losses: readonly number[];
  /** For people. */
  readonly by: string;
  /** Relative difference that rounding explains. */
  readonly tolerance: number;
}

/** One loss a batch, without regularisation and augmentation. Losses that a seed decides can't be compared: they come from the evaluation. */
export function lossesOf(
  input: CheckInput,
  batches: readonly Int32Array[],
  wanted: 'training' | 'evaluation' = 'training',
): Losses {
  const losses = wanted === 'training' && !isRandom(input, batches.at(-1)!) ? trainingLosses(input, batches) : null;
  if (losses) return { losses, by: 'training step, in double precision', tolerance: 1e-9 };
  return {
    losses: batches.map((rows) => input.plan.evaluate(rows).loss),
    by: 'evaluation, in single precision',
    tolerance: 1e-5,
  };
}

function lossOf(input: CheckInput, rows: Int32Array, seed: number): number | null {
  const plain = { loss: input.spec.loss, regularization: { l1: 0, l2: 0 }, augmentation: [], seed };
  const found = inDoubles(plain, input, rows, (loss) => ({ value: loss.loss(loss.start) }));
  return isUnavailable(found) ? null : found.value;
}

function isRandom(input: CheckInput, rows: Int32Array): boolean {
  const { seed } = input.spec;
  const [one, other] = [lossOf(input, rows, seed), lossOf(input, rows, seed + 1)];
  return one === null || one !== other;
}

function trainingLosses(input: CheckInput, batches: readonly Int32Array[]): number[] | null {
  const losses = batches.map((rows) => lossOf(input, rows, input.spec.seed));
  return losses.every((loss) => loss !== null) ? losses : null;
}
