/** What the checkpoints of a task hold. */
import { minibatchesOf, sfoSizes } from '@anneal/schemas';
import { tensorLengths } from '../full-batch/sfo/memory.ts';
import { widthOf } from '../model/packing.ts';
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

function memoryLengths({ spec, built, data }: Pick<Task, 'spec' | 'built' | 'data'>): Readonly<Record<string, number>> {
  const { update } = spec;
  if (update.rule !== 'sfo') return {};
  const width = widthOf(built.weights.filter(({ trainable }) => trainable));
  return tensorLengths(sfoSizes(update, width, minibatchesOf(update, data.splits.training.length)));
}
