/** Attempts that were lost, and what becomes of their jobs. */
import type { Job, JobState } from '@anneal/schemas';
import type { JobChange } from './ports/job-store.ts';

/**
 * Ends the reason of every return to the queue that counts as a lost attempt, whoever noticed the loss: a store that reaps, or the
 * scheduler. Leaving when asked to is no loss.
 */
export const TRIED_AGAIN = 'it will be tried again';

/** Where a lost job can be. */
export const ACTIVE: readonly JobState[] = ['starting', 'running'];

export interface Fate {
  readonly to: JobState;
  readonly reason: string;
  readonly change?: JobChange;
}

/** Back into the queue, failed after too many attempts, or cancelled if that was asked for.
 *  @param losses how often the job was lost before */
export function fateOfLost(
  { state, stopping }: Pick<Job, 'state' | 'stopping'>,
  losses: number,
  maxAttempts: number,
): Fate {
  const why = state === 'running' ? 'its runner has not been heard of' : 'its runner did not start';
  if (stopping === 'cancel') return { to: 'cancelled', reason: `cancelled; ${why}` };
  if (losses + 1 < maxAttempts || stopping === 'pause') return { to: 'queued', reason: `${why}; ${TRIED_AGAIN}` };
  const message = `${why}, as ${maxAttempts} attempts did`;
  const error = { code: 'runner_lost', message, param: null, retryable: true } as const;
  return { to: 'failed', reason: message, change: { error } };
}
