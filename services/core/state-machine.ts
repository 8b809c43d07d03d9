/** The states of a job and the moves between them. */
import { AnnealError, type JobState } from '@anneal/schemas';

const moves: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['starting', 'paused', 'cancelled'],
  starting: ['running', 'queued', 'failed', 'cancelled'],
  running: ['succeeded', 'failed', 'cancelled', 'paused', 'queued'],
  paused: ['queued', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/** @throws AnnealError conflict if the job is in none of `from`, or can't move to `to` from where it is */
export function checkMove(id: string, state: JobState, from: readonly JobState[], to: JobState): void {
  if (from.includes(state) && moves[state].includes(to)) return;
  throw new AnnealError('conflict', `${id} is ${state}, so it can't become ${to}`);
}
