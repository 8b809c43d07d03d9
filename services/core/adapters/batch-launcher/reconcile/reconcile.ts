/**
 * Brings a job and its runs together. Reads, decides, acts; each act is such that it does no harm when another reconciler, the
 * scheduler or a runner acts at the same time: a job is settled only if nothing has happened to it since it was read, and only runs
 * that are nobody's are ended.
 */
import type { Job } from '@anneal/schemas';
import { ACTIVE } from '../../../lost-attempts.ts';
import type { JobStore } from '../../../ports/job-store.ts';
import { readHistory } from '../../../scheduler/history.ts';
import { settleLost } from '../../../scheduler/settle.ts';
import type { Standstill } from '../../../scheduler/standstill.ts';
import { tellWaiting } from '../../../scheduler/tell-waiting.ts';
import { unless } from '../../../unless.ts';
import type { Batch } from '../batch.ts';
import { isWaiting, type Run } from '../run.ts';
import { type Action, decide } from './decide.ts';

export interface Reconciling {
  readonly jobs: JobStore;
  readonly batch: Pick<Batch, 'runsOf' | 'living' | 'terminate'>;
  /** The last lines of a run's log, or the empty string. */
  readonly tail: (run: string) => Promise<string>;
  /** Lost runners after which a job fails. */
  readonly maxAttempts?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Kept from call to call: tells of jobs that stand still where clocks are wrong. */
  readonly standstill?: Standstill;
  /** Milliseconds for which a submission may be under way. */
  readonly patience?: number;
}

const MAX_ATTEMPTS = 3;
/** Jobs that are looked at together. */
const AT_ONCE = 16;

/** One job; returns what was done. Of a job that is not in the store nothing is done: Batch may know the runs of a store that is gone. */
export async function reconcileJob(options: Reconciling, jobId: string): Promise<readonly Action[]> {
  const { jobs, batch, now = Date.now, maxAttempts = MAX_ATTEMPTS, patience } = options;
  // In this order: a run that is listed was submitted before the job is read again.
  const before = await unless('not_found', jobs.get(jobId));
  if (!before) return [];
  const history = await readHistory(jobs, jobId);
  const runs = await batch.runsOf(jobId);
  const after = await jobs.get(jobId);
  const stood = options.standstill?.({ id: jobId, sign: String(history.lastEvent) });
  const facts = { history, before, after, runs, now: now() };
  const times = { ...(stood !== undefined && { stood }), ...(patience !== undefined && { patience }) };
  const actions = decide({ ...facts, ...times });
  for (const action of actions) {
    if (action.do === 'end') await batch.terminate(action.run, action.why);
    if (action.do === 'tell') await tellWaiting(jobs, jobId, action.why, history);
    if (action.do === 'settle') {
      const tail = action.run === undefined ? '' : await options.tail(action.run);
      await settleLost(jobs, jobId, { ...action.lost, tail }, maxAttempts, history);
    }
  }
  return actions;
}

/** All jobs that store and Batch may disagree about: what an event that never came would have told. */
export async function reconcileAll(options: Reconciling): Promise<void> {
  const { jobs, batch } = options;
  const active = await activeJobs(jobs);
  const living = await batch.living();
  const odd = oddJobs(active, living);
  for (let next = 0; next < odd.length; next += AT_ONCE)
    await Promise.all(odd.slice(next, next + AT_ONCE).map((id) => reconcileJob(options, id)));
}

/** Without those that are as they should be: one run, which waits for nothing unusual. */
function oddJobs(active: ReadonlyMap<string, Job>, living: readonly Run[]): string[] {
  const runs = new Map<string, Run[]>();
  for (const run of living) runs.set(run.jobId, [...(runs.get(run.jobId) ?? []), run]);
  const isOdd = (id: string): boolean => {
    const job = active.get(id);
    const [run, ...more] = runs.get(id) ?? [];
    if (!job || !run || more.length > 0) return true;
    return isWaiting(run) && (job.state === 'running' || job.stopping !== null || run.statusReason !== '');
  };
  return [...new Set([...active.keys(), ...runs.keys()])].filter(isOdd);
}

async function activeJobs(jobs: JobStore): Promise<Map<string, Job>> {
  const found = new Map<string, Job>();
  for (const state of ACTIVE) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<JobStore['list']>> = await jobs.list(
        { state },
        { limit: 100, ...(cursor !== undefined && { cursor }) },
      );
      for (const job of page.items) found.set(job.id, job);
      cursor = page.next;
    }
  }
  return found;
}
