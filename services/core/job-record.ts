/** The record of a job as stores keep it, and what a move changes of it. */
import type { Job, JobState, Progress } from '@anneal/schemas';
import type { JobChange, NewJob } from './ports/job-store.ts';

/** What changes rarely; progress is kept beside it. */
export type JobRecord = Omit<Job, 'progress'>;

/** A record's spec and result are of its kind, which the type of the record doesn't tell. */
export const withProgress = (record: JobRecord, progress: Progress | null): Job => ({ ...record, progress }) as Job;

export function newRecord(id: string, spec: NewJob['spec'], at: number): JobRecord {
  return {
    id,
    kind: spec.kind,
    name: spec.name ?? null,
    tags: spec.tags,
    state: 'queued',
    stopping: null,
    attempt: 0,
    spec,
    plan: null,
    result: null,
    error: null,
    createdAt: new Date(at).toISOString(),
    startedAt: null,
    finishedAt: null,
  };
}

/** The record after a move, which `checkMove` has let pass. */
export function movedRecord<T extends Omit<JobRecord, 'spec'>>(
  before: T,
  to: JobState,
  at: number,
  change: JobChange,
): T {
  const time = new Date(at).toISOString();
  const final = to === 'succeeded' || to === 'failed' || to === 'cancelled';
  return {
    ...before,
    ...change,
    state: to,
    attempt: to === 'running' ? before.attempt + 1 : before.attempt,
    startedAt: to === 'running' ? (before.startedAt ?? time) : before.startedAt,
    finishedAt: final ? time : null,
    stopping: final || to === 'paused' ? null : 'stopping' in change ? null : before.stopping,
  };
}
