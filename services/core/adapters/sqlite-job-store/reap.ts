/** What becomes of jobs whose runner is gone: back into the queue, failed after too many attempts, or cancelled if that was asked for. */
import type { Job, JobState } from '@anneal/schemas';
import { ACTIVE, fateOfLost, TRIED_AGAIN } from '../../lost-attempts.ts';
import type { JobChange, LostLimits } from '../../ports/job-store.ts';
import type { JobRow } from './rows.ts';
import { jobOf } from './rows.ts';
import type { Search } from './search.ts';

type Move = (row: JobRow, from: readonly JobState[], to: JobState, reason: string | null, change?: JobChange) => Job;

/** Runs inside a transaction, so that of two callers one finds nothing left. */
export function reapLost(
  search: Search,
  now: number,
  { startMilliseconds, maxAttempts, isSilent = () => true }: LostLimits,
  move: Move,
): Job[] {
  const lost = search.lost(now, now - startMilliseconds).filter((row) => isSilent({ id: row.id, sign: signOf(row) }));
  return lost.map((row) => {
    const { to, reason, change } = fateOfLost(jobOf(row), search.requeued(row.id, TRIED_AGAIN), maxAttempts);
    return move(row, ACTIVE, to, reason, change);
  });
}

const signOf = ({ lease_token, lease_until, state_since }: JobRow): string =>
  `${lease_token} ${lease_until} ${state_since}`;
