/**
 * What is to be done where the store and Batch disagree about a job. Pure: facts in, actions out. The facts are states and not events,
 * so that events may come twice, late, out of order or not at all.
 */
import type { Job } from '@anneal/schemas';
import type { History } from '../../../scheduler/history.ts';
import type { Lost } from '../../../scheduler/settle.ts';
import { howItEnded, isLiving, isNoLoss, isWaiting, type Run, wasRefused } from '../run.ts';
import { whyItWaits } from '../waiting.ts';

export interface Facts {
  /** What the events said before the runs were listed. */
  readonly history: History;
  /** The job as it was then, and after: where they differ, the runs may be those of either. */
  readonly before: Pick<Job, 'state' | 'attempt' | 'stopping'>;
  readonly after: Pick<Job, 'state' | 'attempt' | 'stopping'>;
  /** All runs of the job that Batch knows, the oldest first. */
  readonly runs: readonly Run[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds for which the caller has seen the job stand still, whatever the clocks say; left out by who keeps no account of it. */
  readonly stood?: number;
  /** Milliseconds after which a submission is under way no longer; SUBMISSION if left out. */
  readonly patience?: number;
}

export type Action =
  /** A run that nobody waits for. */
  | { readonly do: 'end'; readonly run: string; readonly why: string }
  /** The job has no runner, and will have none. On condition that nothing has happened to it since `history`. */
  | { readonly do: 'settle'; readonly lost: Omit<Lost, 'tail'>; readonly run: string | undefined }
  | { readonly do: 'tell'; readonly why: string };

/** Milliseconds in which a submission may be under way, and what has just happened in Batch may not be listed yet. */
export const SUBMISSION = 120_000;

/** Milliseconds for which a job must be seen to stand still, where clocks say that it has for long. */
const STILL = 10_000;

/** Who was to submit it has ended: that is no fault of the job. */
const NOT_SUBMITTED: Action = {
  do: 'settle',
  lost: { what: 'its runner was not submitted', interrupted: true },
  run: undefined,
};

export function decide(facts: Facts): Action[] {
  const { history, before, after, runs } = facts;
  const same = before.state === after.state && before.attempt === after.attempt && before.state === history.state;
  // In motion: whoever moves it acts, or the next look will find it still.
  if (!same) return [];
  const living = runs.filter(isLiving);
  // The ends of earlier launches have had their consequences.
  const own = runs.filter(({ launch }) => launch === history.launch);
  const isOld = hasStood(facts);
  if (after.state === 'starting') {
    const known = living.filter(({ launch }) => launch <= history.launch);
    return starting(after, known, own, isOld);
  }
  // A run of an earlier launch that had the job in the place of its own is known by the lease alone.
  if (after.state === 'running') return running(living, own.filter((run) => !wasRefused(run)).at(-1), isOld);
  // Runs that have come further leave by themselves: they can't claim the job, or have lost it.
  return living.filter(isWaiting).map(({ id }) => ({ do: 'end', run: id, why: `the job is ${after.state}` }));
}

/** Whether submissions are over that were under way when the job came into its state. Its clock, or ours, may be wrong by an hour. */
function hasStood({ history, now, stood, patience = SUBMISSION }: Facts): boolean {
  const byTheClocks = now - history.since >= patience;
  return stood === undefined ? byTheClocks : stood >= patience || (byTheClocks && stood >= STILL);
}

/** @param living of the launches that were recorded when the runs were listed; @param own of the newest of them, ended ones too */
function starting(
  { stopping }: Pick<Job, 'stopping'>,
  living: readonly Run[],
  own: readonly Run[],
  isOld: boolean,
): Action[] {
  const current = own.filter(isLiving).at(-1);
  if (!current) {
    const last = own.at(-1);
    if (last) return [lostBy(last)];
    return isOld ? [NOT_SUBMITTED] : [];
  }
  const others = living.filter((run) => run !== current);
  const actions: Action[] = others.map(({ id }) => ({ do: 'end', run: id, why: 'another runner takes its place' }));
  const why = isWaiting(current) ? whyItWaits(current.statusReason) : undefined;
  if (stopping && isWaiting(current)) actions.push({ do: 'end', run: current.id, why: `${stopping} was asked for` });
  else if (why !== undefined) actions.push({ do: 'tell', why });
  return actions;
}

/** The run that has claimed the job was there before this look: what waits has not, or was its machine taken away since. */
function running(living: readonly Run[], last: Run | undefined, isOld: boolean): Action[] {
  const waiting = living.filter(isWaiting);
  const ends: Action[] = waiting.map(({ id }) => ({ do: 'end', run: id, why: 'the job has a runner' }));
  if (living.length > waiting.length) return ends;
  // Without any run the store's lease decides: the runner is not one of these queues.
  if (!last) return [];
  if (!isLiving(last)) return [...ends, lostBy(last)];
  // Batch has put the runner's run back among those that wait, or it lists it as it was before.
  return isOld ? [...ends, machineLost(last)] : [];
}

const machineLost = ({ id }: Run): Action => ({
  do: 'settle',
  lost: { what: 'its runner ended by the loss of its machine', interrupted: true },
  run: id,
});

const lostBy = (run: Run): Action => ({
  do: 'settle',
  lost: { what: `its runner ended by ${howItEnded(run)}`, ...(isNoLoss(run) && { interrupted: true }) },
  run: run.id,
});
