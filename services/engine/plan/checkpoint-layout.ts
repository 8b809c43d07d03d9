/** What the checkpoints of a task hold. */
import { tensorLengths } from '../full-batch/sfo/memory.ts';
import { sizesOf } from '../full-batch/sfo/sizes.ts';
import { stateVariables, type Task } from './task.ts';

export interface CheckpointLayout {
  /** Weights, slots and running averages, float32. */
  readonly variables: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Lengths of the float64 vectors that the rule remembers besides, by name. */
  readonly memory: Readonly<Record<string, number>>;
}

export function checkpointLayout(task: Pick<Task, 'spec' | 'built' | 'data'>): CheckpointLayout {
  return { variables: stateVariables(task), memory: memoryLengths(task) };
}

function memoryLengths(task: Pick<Task, 'spec' | 'built' | 'data'>): Readonly<Record<string, number>> {
  const { update } = task.spec;
  return update.rule === 'sfo' ? tensorLengths(sizesOf(task, update)) : {};
}
