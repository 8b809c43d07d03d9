/** Who may write to a job. */
import { AnnealError, type JobState } from '@anneal/schemas';
import type { Lease } from './ports/job-store.ts';

/** @throws AnnealError lease_lost if the lease is not the newest of the job */
export function checkLease(job: { id: string; state: JobState; token: number }, lease: Lease | undefined): void {
  if (!lease) return;
  if (lease.jobId === job.id && lease.token === job.token && job.state === 'running') return;
  throw new AnnealError(
    'lease_lost',
    `the lease of ${lease.jobId} was lost: ${job.id} is ${job.state}, attempt ${lease.attempt} is over`,
  );
}

/** @throws AnnealError conflict if a job in that state can't be asked to stop */
export function checkStoppable(id: string, state: JobState, stopping: 'cancel' | 'pause'): void {
  if (state === 'starting' || state === 'running') return;
  throw new AnnealError('conflict', `${id} is ${state}, not running, so there is nothing to ${stopping}`);
}

/** @throws AnnealError conflict if an event has come after the one that the caller knows as the last */
export function checkLastEvent(id: string, last: number, known: number | undefined): void {
  if (known === undefined || known === last) return;
  throw new AnnealError('conflict', `${id} has changed since it was looked at: event ${last} has come after ${known}`);
}

/** A job moved so would run without a lease, and so never be found lost. */
export const onlyByClaim = (id: string, state: JobState): AnnealError =>
  new AnnealError('conflict', `${id} is ${state}; only a claim makes it running`);

export const noSuchJob = (id: string): AnnealError => new AnnealError('not_found', `there is no job '${id}'`);

export const keyTaken = (key: string, jobId: string): AnnealError =>
  new AnnealError(
    'idempotency_conflict',
    `the idempotency key '${key}' came before with another body, for ${jobId}; use a new key`,
  );

/** Idempotency keys are kept this long at least. Milliseconds. */
export const KEY_MILLISECONDS = 48 * 3600 * 1000;
