/** The feed of a task's examples, by where they lie. */
import { isStreamed } from '../data/data-set.ts';
import { windowRows } from '../data/windows.ts';
import { stepRowsOf, windowsOf } from '../loop/order.ts';
import { EVALUATION_BATCH, type Task } from '../plan/task.ts';
import type { Program } from '../program.ts';
import type { Feed } from './feed.ts';
import { residentFeed } from './resident-feed.ts';
import { StreamedFeed } from './streamed-feed.ts';

/** Rows that the variables of a program hold. */
export function feedCapacity({ data, spec }: Pick<Task, 'data' | 'spec'>): number {
  const [rows = 0] = data.inputs.shape;
  return isStreamed(data)
    ? Math.min(rows, Math.max(EVALUATION_BATCH, windowRows(data.window, stepRowsOf(spec))))
    : rows;
}

/** Owned by the caller, and closed before the program is disposed of. */
export function openFeed(program: Program, task: Pick<Task, 'data' | 'spec'>): Feed {
  const { data, spec } = task;
  return isStreamed(data)
    ? new StreamedFeed(program, data, windowsOf(spec, data), feedCapacity(task))
    : residentFeed(program, data);
}
