/**
 * What an example answers does not depend on the others in its batch: the loss of two examples is the mean of the losses of each alone. A reshape or a
 * reduction over the wrong axis mixes examples, and a net trains on all the same. Batch normalisation mixes them on purpose while it trains, so that
 * nets that have it are judged by the evaluation.
 *
 * Source: Karpathy, "A recipe for training neural networks": "use backprop to chart dependencies".
 */
import type { Finding } from '@anneal/schemas';
import { lossesOf } from '../batch-losses.ts';
import { found, one, passed, skipped } from './check.ts';

const NAME = 'neighbours';

export const neighbours = one(NAME, (input): Finding => {
  if (input.data.splits.training.length < 2)
    return skipped(NAME, 'there is one example to train on, without neighbours');
  const [a, b] = [0, 1].map((i) => input.data.splits.training.slice(i, i + 1)) as [Int32Array, Int32Array];
  const mixes = input.built.layers.some(({ layer }) => layer.type === 'batch-normalization');
  const pair = Int32Array.from([...a, ...b]);
  const { by, losses, tolerance } = lossesOf(input, [a, b, pair], mixes ? 'evaluation' : 'training');
  const [first, second, both] = losses as [number, number, number];
  const mean = (first + second) / 2;
  const evidence = { lossFirst: first, lossSecond: second, lossOfBoth: both, by };
  const numbers = `two examples alone have a mean loss of ${mean.toPrecision(6)}, together of ${both.toPrecision(6)} (${by})`;
  if (Math.abs(both - mean) <= tolerance * Math.max(1, Math.abs(mean))) return passed(NAME, numbers, evidence);
  const message = `${numbers}: what an example answers depends on its neighbours in the batch`;
  return found(NAME, 'fail', 'examples-mixed', message, evidence);
});
