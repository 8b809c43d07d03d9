/** Has what a task needs of users' modules recorded at once: for the batches that it trains, those that it is judged by, and those that the checks take. */
import type { RecordAsk } from '@anneal/schemas';
import type { Task } from '../plan/task.ts';
import { splitBatch } from '../step/split-batch.ts';
import { lossAsk, OWN_LOSS_BATCH } from './own-loss.ts';
import { recordAhead } from './recorder.ts';

/** Examples of the batches that the checks before a run take. */
const CHECKED = [1, 2, 3, 4];

/** @throws AnnealError naming the module's line */
export function recordTask(task: Task): void {
  const { loss, update } = task.spec;
  if (loss.type === 'module') recordAhead(loss, lossAsks(task, loss));
  if (update.rule !== 'module') return;
  const { slots, options } = update;
  const shapes = task.built.weights.filter(({ trainable }) => trainable).map(({ shape }) => shape);
  recordAhead(
    update,
    shapes.map((shape): RecordAsk => ({ of: 'update', shape: [...shape], slots, options })),
  );
}

function lossAsks({ spec, built, data, batches }: Task, loss: Parameters<typeof lossAsk>[0]): RecordAsk[] {
  const trained = batches.flatMap((batch) => splitBatch(batch, spec.batchSize));
  const { validation, test } = data.splits;
  const judged = [validation, test].flatMap(({ length }) => [
    Math.min(length, OWN_LOSS_BATCH),
    length % OWN_LOSS_BATCH,
  ]);
  const sizes = new Set([...trained, ...judged, ...CHECKED].filter((size) => size > 0));
  const output = built.layers.at(-1)!.output;
  const labels = data.labels.kind === 'class' ? null : data.labels.shape;
  return [...sizes].map((size) => lossAsk(loss, size, output, labels));
}
