/** Jobs whose runner is gone. */
import { type Fate, fateOfLost } from '../../lost-attempts.ts';
import type { LostLimits } from '../../ports/job-store.ts';
import type { JobItem } from './items.ts';

export interface LostJob {
  readonly item: JobItem;
  readonly fate: Fate;
}

/** Running jobs whose lease ran out, and jobs that have been starting for too long, each with what becomes of it. */
export function reapLost(
  active: readonly JobItem[],
  at: number,
  { startMilliseconds, maxAttempts, isSilent = () => true }: LostLimits,
): LostJob[] {
  const isLate = ({ state, since, until }: JobItem): boolean =>
    state === 'running' ? until !== undefined && until < at : since < at - startMilliseconds;
  const sign = ({ token, until, since }: JobItem): string => `${token} ${until} ${since}`;
  const isLost = (item: JobItem): boolean => isLate(item) && isSilent({ id: item.id, sign: sign(item) });
  return active.filter(isLost).map((item) => ({ item, fate: fateOfLost(item, item.losses, maxAttempts) }));
}
