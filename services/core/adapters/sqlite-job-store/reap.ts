/** What becomes of jobs whose runner is gone: back into the queue, failed after too many attempts, or cancelled if that was asked for. */
import type { Job, JobState } from '@anneal/schemas';
import { TRIED_AGAIN } from '../../lost-attempts.ts';
import type { JobChange } from '../../ports/job-store.ts';
import type { JobRow } from './rows.ts';
import { jobOf } from './rows.ts';
import type { Search } from './search.ts';

type Move = (row: JobRow, from: readonly JobState[], to: JobState, reason: string | null, change?: JobChange) => Job;

const ACTIVE: readonly JobState[] = ['starting', 'running'];

/** Runs inside a transaction, so that of two callers one finds nothing left. */
export function reapLost(
  search: Search,
  now: number,
  { startMilliseconds, maxAttempts }: { startMilliseconds: number; maxAttempts: number },
  move: Move,
): Job[] {
  return search.lost(now, now - startMilliseconds).map((row) => {
    const { stopping } = jobOf(row);
    const losses = search.requeued(row.id, TRIED_AGAIN) + 1;
    const why = row.state === 'running' ? 'its runner has not been heard of' : 'its runner did not start';
    if (stopping === 'cancel') return move(row, ACTIVE, 'cancelled', `cancelled; ${why}`);
    if (losses < maxAttempts || stopping === 'pause') return move(row, ACTIVE, 'queued', `${why}; ${TRIED_AGAIN}`);
    const message = `${why}, as ${maxAttempts} attempts did`;
    return move(row, ACTIVE, 'failed', message, {
      error: { code: 'runner_lost', message, param: null, retryable: true },
    });
  });
}
