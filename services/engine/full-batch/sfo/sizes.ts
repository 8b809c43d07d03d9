/** What SFO keeps in a run. */
import { minibatchesOf, type SfoOptions, type SfoSizes, sfoSizes } from '@anneal/schemas';
import { widthOf } from '../../model/packing.ts';
import type { Task } from '../../plan/task.ts';

export function sizesOf({ built, data }: Pick<Task, 'built' | 'data'>, options: SfoOptions): SfoSizes {
  const trained = built.weights.filter(({ trainable }) => trainable);
  return sfoSizes(options, widthOf(trained), minibatchesOf(options, data.splits.training.length));
}
