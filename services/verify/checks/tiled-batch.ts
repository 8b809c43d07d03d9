/**
 * A batch tiled twice has the loss that it has once: the loss is a mean over the examples, not a sum. In double precision by the training step where it draws
 * no random numbers, and else by the evaluation, in float32.
 */
import type { Finding } from '@anneal/schemas';
import { type Losses, lossesOf } from '../batch-losses.ts';
import { found, one, passed } from './check.ts';

const NAME = 'tiled-batch';
const EXAMPLES = 2;

export const tiledBatch = one(NAME, (input): Finding => {
  const rows = input.data.splits.training.slice(0, EXAMPLES);
  const { by, losses, tolerance }: Losses = lossesOf(input, [rows, Int32Array.from([...rows, ...rows])]);
  const [once, twice] = losses as [number, number];
  const evidence = { examples: rows.length, lossOnce: once, lossTwice: twice, by };
  const numbers = `${rows.length} examples have a loss of ${once.toPrecision(6)}, tiled twice of ${twice.toPrecision(6)} (${by})`;
  if (Math.abs(once - twice) <= tolerance * Math.max(1, Math.abs(once))) return passed(NAME, numbers, evidence);
  const message = `${numbers}: the loss depends on the size of the batch, as a sum in the place of a mean does`;
  return found(NAME, 'fail', 'batch-size-in-loss', message, evidence);
});
