/** What becomes of a job whose runner is gone without having brought it to an end. */
import { AnnealError, type ErrorDetail, type Job, type JobState } from '@anneal/schemas';
import { TRIED_AGAIN } from '../lost-attempts.ts';
import type { JobChange } from '../ports/job-store.ts';
import { unless } from '../unless.ts';
import type { SchedulerJobs } from './all-tenants.ts';
import { type History, readHistory } from './history.ts';
import { lastWords } from './last-words.ts';

export interface Lost {
  /** As in `its runner ended by signal SIGKILL`. */
  readonly what: string;
  /** Last lines of the log. */
  readonly tail: string;
  /** Its machine was taken away, or none came: that counts as no loss. */
  readonly interrupted?: boolean;
  /** It was not the one that had the job: a job that runs has another. */
  readonly refused?: boolean;
  /** The launch that it was lost by: nothing is done if the job has been launched again since. The last one if left out. */
  readonly launch?: number;
}

/** Tries of a decision that is overtaken by another event. */
const TRIES = 5;

/**
 * Carries out a stop that was asked for, puts the job back into the queue, or fails it if it has been lost `maxAttempts` times.
 * Returns the job and how often it has been lost; undefined if it had come to an end by itself, or another caller was faster.
 * @param known what the caller has found it lost by: if the job has changed since, nothing is done
 */
export async function settleLost(
  jobs: SchedulerJobs,
  jobId: string,
  lost: Lost,
  maxAttempts: number,
  known?: History,
): Promise<{ job: Job; losses: number } | undefined> {
  for (let tries = 1; tries <= (known ? 1 : TRIES); tries++) {
    const history = known ?? (await readHistory(jobs, jobId));
    const { state, stopping } = await jobs.get(jobId);
    if (state !== 'starting' && state !== 'running') return undefined;
    if (state !== history.state) continue;
    if (lost.refused && state === 'running') return undefined;
    if (lost.launch !== undefined && lost.launch !== history.launch) return undefined;
    const losses = history.losses + (lost.interrupted ? 0 : 1);
    const { to, reason, change } = fateOf(lost, { stopping, losses, maxAttempts });
    const { lastEvent } = history;
    const options = { reason, lastEvent, ...(change && { change }) };
    const job = await unlessConflict(jobs.transition(jobId, [state], to, options));
    if (job) return { job, losses };
  }
  return undefined;
}

function fateOf(
  { what, tail, interrupted = false }: Lost,
  { stopping, losses, maxAttempts }: { stopping: Job['stopping']; losses: number; maxAttempts: number },
): { to: JobState; reason: string; change?: JobChange } {
  const reason = `${what}${hint(what)}`;
  if (stopping === 'cancel') return { to: 'cancelled', reason: 'cancel was asked for', change: stopped };
  if (interrupted) return { to: 'queued', reason: `${reason}; it goes on elsewhere` };
  if (losses < maxAttempts || stopping === 'pause') return { to: 'queued', reason: `${reason}; ${TRIED_AGAIN}` };
  const words = lastWords(tail);
  const message = `${reason}, as ${maxAttempts} attempts did${words ? `; its log ends: ${words}` : ''}`;
  return { to: 'failed', reason, change: { ...stopped, error: lostError(message) } };
}

export const stopped = { stopping: null } as const;

const lostError = (message: string): ErrorDetail => new AnnealError('runner_lost', message).detail();

const hint = (what: string): string =>
  what.endsWith('SIGKILL') ? ', which is how the system ends a process when memory runs out' : '';

/** Undefined where the job has moved on meanwhile. */
export const unlessConflict = <T>(move: Promise<T>): Promise<T | undefined> => unless('conflict', move);
