/** Evaluation by a loss of the user's own: of a batch as a whole, so that it takes no padding. It is judged by the outputs, outside of the graph. */
import { judge } from '../evaluation/judge.ts';
import { OWN_LOSS_BATCH } from '../own-code/own-loss.ts';
import type { Task } from './task.ts';

/** Rows whose outputs are held at once. */
const ROWS = 40 * OWN_LOSS_BATCH;

export function judgeOwn(
  { spec, data }: Pick<Task, 'spec' | 'data'>,
  rows: Int32Array,
  predict: (rows: Int32Array) => Float32Array,
): { loss: number; score: number } {
  let [loss, score] = [0, 0];
  for (let from = 0; from < rows.length; from += ROWS) {
    const taken = rows.subarray(from, from + ROWS);
    const part = judge(spec, data, predict(taken), taken);
    loss += (part.loss * taken.length) / rows.length;
    score += (part.score * taken.length) / rows.length;
  }
  return { loss, score };
}
