/** Which queue a launch goes to: spot machines first, on-demand ones when those were taken away too often or there were none. */
import type { BatchPlace } from './address.ts';
import { type Run, wasInterrupted, wasWithoutCapacity } from './run.ts';

/** @param earlier what Batch still knows of the job's earlier runs: those of the last seven days */
export function queueFor(
  { queue, onDemand, interruptions }: Pick<BatchPlace, 'queue' | 'onDemand' | 'interruptions'>,
  earlier: readonly Run[],
): { name: string; onDemand: boolean } {
  const spot = earlier.filter((run) => !run.onDemand);
  const enough = spot.filter(wasInterrupted).length >= interruptions || spot.some(wasWithoutCapacity);
  // `interruptions=0`: the first time already.
  return onDemand !== undefined && enough ? { name: onDemand, onDemand: true } : { name: queue, onDemand: false };
}
