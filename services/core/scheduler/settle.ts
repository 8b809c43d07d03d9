/** What becomes of a job whose runner is gone without having brought it to an end. */
import { AnnealError, type ErrorDetail, type Job } from '@anneal/schemas';
import { TRIED_AGAIN } from '../lost-attempts.ts';
import type { SchedulerJobs } from './all-tenants.ts';
import { lastWords } from './last-words.ts';

export interface Lost {
  /** As in `its runner ended by signal SIGKILL`. */
  readonly what: string;
  /** Last lines of the log. */
  readonly tail: string;
}

/**
 * Carries out a stop that was asked for, puts the job back into the queue, or fails it if it has been lost `maxAttempts` times.
 * Returns the job and how often it has been lost; undefined if it had come to an end by itself, or another caller was faster.
 */
export async function settleLost(
  jobs: SchedulerJobs,
  jobId: string,
  { what, tail }: Lost,
  maxAttempts: number,
): Promise<{ job: Job; losses: number } | undefined> {
  const { state, stopping } = await jobs.get(jobId);
  if (state !== 'starting' && state !== 'running') return undefined;
  const losses = (await countLosses(jobs, jobId)) + 1;
  const reason = `${what}${hint(what)}`;
  const moved = (job: Promise<Job>) => unlessConflict(job.then((after) => ({ job: after, losses })));
  if (stopping === 'cancel') {
    return moved(jobs.transition(jobId, [state], 'cancelled', { reason: 'cancel was asked for', change: stopped }));
  }
  if (losses < maxAttempts || stopping === 'pause') {
    return moved(jobs.transition(jobId, [state], 'queued', { reason: `${reason}; ${TRIED_AGAIN}` }));
  }
  const words = lastWords(tail);
  const message = `${reason}, as ${maxAttempts} attempts did${words ? `; its log ends: ${words}` : ''}`;
  return moved(
    jobs.transition(jobId, [state], 'failed', { reason, change: { ...stopped, error: lostError(message) } }),
  );
}

export const stopped = { stopping: null } as const;

const lostError = (message: string): ErrorDetail => new AnnealError('runner_lost', message).detail();

const hint = (what: string): string =>
  what.endsWith('SIGKILL') ? ', which is how the system ends a process when memory runs out' : '';

const PAGE = 500;

/** How often the job has come back into the queue because its runner was lost; being asked to leave is no loss. */
async function countLosses(jobs: SchedulerJobs, jobId: string): Promise<number> {
  let losses = 0;
  for (let after = 0; ; ) {
    const events = await jobs.readEvents(jobId, after, PAGE);
    for (const { seq, body } of events) {
      after = seq;
      if (body.type === 'state' && body.state === 'queued' && body.reason?.endsWith(TRIED_AGAIN)) losses += 1;
    }
    if (events.length < PAGE) return losses;
  }
}

/** Undefined where the job has moved on meanwhile. */
export async function unlessConflict<T>(move: Promise<T>): Promise<T | undefined> {
  try {
    return await move;
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'conflict') return undefined;
    throw error;
  }
}
