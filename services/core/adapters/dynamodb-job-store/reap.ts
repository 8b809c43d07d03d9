/** Jobs whose runner is gone. */
import { type Fate, fateOfLost } from '../../lost-attempts.ts';
import type { JobItem } from './items.ts';

export interface LostJob {
  readonly item: JobItem;
  readonly fate: Fate;
}

/** Running jobs whose lease ran out, and jobs that have been starting for too long, each with what becomes of it. */
export function reapLost(
  active: readonly JobItem[],
  at: number,
  { startMilliseconds, maxAttempts }: { startMilliseconds: number; maxAttempts: number },
): LostJob[] {
  const isLost = ({ state, since, until }: JobItem): boolean =>
    state === 'running' ? until !== undefined && until < at : since < at - startMilliseconds;
  return active.filter(isLost).map((item) => ({ item, fate: fateOfLost(item, item.losses, maxAttempts) }));
}
