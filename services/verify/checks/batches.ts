/**
 * Two checks of how the loss of a batch comes from its examples, on two of them.
 *
 *   tiled-batch   a batch tiled twice has the loss that it has once: the loss is a mean over the examples, not a sum
 *   neighbours    the loss of two examples is the mean of the losses of each alone: what one answers does not depend on the other. A reshape or a reduction
 *                 over the wrong axis mixes examples, and a net trains on all the same. Batch normalisation mixes them on purpose while it trains, so that
 *                 nets that have it are judged by the evaluation
 *
 * In double precision by the training step where it draws no random numbers, and else by the evaluation, in float32. Regularisation and augmentation are off.
 * Source: Karpathy, "A recipe for training neural networks": "use backprop to chart dependencies".
 */
import type { Finding } from '@anneal/schemas';
import { inDoubles, isUnavailable } from '../in-doubles.ts';
import { type Check, type CheckInput, found, passed, skipped } from './check.ts';

export const batches: Check = {
  names: ['tiled-batch', 'neighbours'],
  run(input) {
    const rows = input.data.splits.training.slice(0, 2);
    const training = inTraining(input, rows);
    const evaluation: Losses = {
      by: 'evaluation, in single precision',
      tolerance: 1e-5,
      of: (batch) => input.plan.evaluate(batch).loss,
    };
    const mixes = input.built.layers.some(({ layer }) => layer.type === 'batch-normalization');
    return [
      judgeTiled(rows, training ?? evaluation),
      rows.length < 2
        ? skipped('neighbours', 'there is one example to train on, without neighbours')
        : judgeNeighbours(rows, mixes || !training ? evaluation : training),
    ];
  },
};

interface Losses {
  /** For people. */
  readonly by: string;
  /** Difference that rounding explains, relative to a loss above 1. */
  readonly tolerance: number;
  of(rows: Int32Array): number;
}

/** Null where a seed decides the loss, or doubles can't. */
function inTraining(input: CheckInput, rows: Int32Array): Losses | null {
  const of = (batch: Int32Array, seed: number): number | null => {
    const plain = { loss: input.spec.loss, regularization: { l1: 0, l2: 0 }, augmentation: [], seed };
    const lost = inDoubles(plain, input, batch, (loss) => ({ value: loss.loss(loss.start) }));
    return isUnavailable(lost) ? null : lost.value;
  };
  const { seed } = input.spec;
  const whole = of(rows, seed);
  if (whole === null || whole !== of(rows, seed + 1)) return null;
  return {
    by: 'training step, in double precision',
    tolerance: 1e-9,
    of: (batch) => (batch === rows ? whole : of(batch, seed)!),
  };
}

const agree = (a: number, b: number, tolerance: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));

function judgeTiled(rows: Int32Array, { by, tolerance, of }: Losses): Finding {
  const [once, twice] = [of(rows), of(Int32Array.from([...rows, ...rows]))];
  const evidence = { examples: rows.length, lossOnce: once, lossTwice: twice, by };
  const numbers = `${rows.length} examples have a loss of ${once.toPrecision(6)}, tiled twice of ${twice.toPrecision(6)} (${by})`;
  if (agree(once, twice, tolerance)) return passed('tiled-batch', numbers, evidence);
  const message = `${numbers}: the loss depends on the size of the batch, as a sum in the place of a mean does`;
  return found('tiled-batch', 'fail', 'batch-size-in-loss', message, evidence);
}

function judgeNeighbours(rows: Int32Array, { by, tolerance, of }: Losses): Finding {
  const [first, second, both] = [of(rows.subarray(0, 1)), of(rows.subarray(1)), of(rows)];
  const mean = (first + second) / 2;
  const evidence = { lossFirst: first, lossSecond: second, lossOfBoth: both, by };
  const numbers = `two examples alone have a mean loss of ${mean.toPrecision(6)}, together of ${both.toPrecision(6)} (${by})`;
  if (agree(mean, both, tolerance)) return passed('neighbours', numbers, evidence);
  const message = `${numbers}: what an example answers depends on its neighbours in the batch`;
  return found('neighbours', 'fail', 'examples-mixed', message, evidence);
}
