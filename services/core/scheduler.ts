/**
 * Takes jobs out of the queue, the oldest first, and has a runner launched for each, so many at once. A job whose runner is gone goes
 * back into the queue at once. All decisions are made one after another; the store's compare-and-set settles races with runners.
 */
import { AnnealError, type Job } from '@anneal/schemas';
import { createLog, type Log } from './log.ts';
import type { LostLimits } from './ports/job-store.ts';
import type { Exit, Launcher } from './ports/launcher.ts';
import type { SchedulerJobs } from './scheduler/all-tenants.ts';
import { type Clock, systemClock } from './scheduler/clock.ts';
import { readHistory } from './scheduler/history.ts';
import { createHolds, type Holds } from './scheduler/holds.ts';
import { type Lost, settleLost, stopped, unlessConflict } from './scheduler/settle.ts';
import { createSilence } from './scheduler/silence.ts';
import { tellWaiting } from './scheduler/tell-waiting.ts';

export interface SchedulerOptions {
  readonly jobs: SchedulerJobs;
  readonly launcher: Launcher;
  /** Jobs that run at once. */
  readonly concurrency: number;
  /** Other services use the same jobs: a job without a runner of this one may have one of theirs, and only its lease tells. */
  readonly shared?: boolean;
  /** Lost runners after which a job fails. */
  readonly maxAttempts?: number;
  /** Milliseconds between two looks at the queue when nobody wakes it. */
  readonly pollMilliseconds?: number;
  /** Which jobs have stood still for long enough to be taken from a runner whose lease is over; a caller that starts one scheduler
   *  after another keeps it for all of them. */
  readonly isSilent?: LostLimits['isSilent'];
  /** Which jobs wait before they are tried again, and how often they failed; kept in the same way. */
  readonly holds?: Holds;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface Scheduler {
  /** A job has come into the queue: look at once. */
  wake(): void;
  /** A starting or running job has been asked to stop: tell its runner at once. */
  stopJob(id: string): void;
  /** Done when all that was to be done so far has been. */
  idle(): Promise<void>;
  /** Launches no more. Runners save and leave, their jobs go back into the queue; with `leaveRunning` they go on by themselves. */
  close(options?: { readonly leaveRunning?: boolean }): Promise<void>;
}

/** Milliseconds that a runner gets to end: a little more than it gives its training thread. */
const GRACE = { cancel: 15_000, pause: 45_000, leave: 15_000 } as const;
/** Milliseconds that a launched runner may take to claim its job, unless the launcher says otherwise. */
const START = 60_000;
/** Launches under way at once. */
const LAUNCHING = 32;
/** Launches of a job that may fail in a row. */
const MAX_LAUNCHES = 8;
/** What a start of the service finds. A launch that the end of the service before has cut short is no fault of the job. */
const NOT_STARTED: Lost = { what: 'its runner had not started when the service ended', tail: '', interrupted: true };
const ENDED_UNSEEN: Lost = { what: 'its runner ended while no service ran', tail: '' };

export function startScheduler(options: SchedulerOptions): Scheduler {
  const { jobs, launcher, concurrency, maxAttempts = 3, pollMilliseconds = 5000, clock = systemClock } = options;
  const { startMilliseconds = START } = launcher;
  const isSilent = options.isSilent ?? createSilence(clock);
  const log = options.log ?? createLog('scheduler', 'stderr', 'warn');
  const holds = options.holds ?? createHolds(clock);
  let closing = false;
  let lookPending = false;
  let cancelTimer = (): void => undefined;
  let work: Promise<void> = Promise.resolve();

  /** Does one thing after another; what fails is tried again at the next look. */
  function then(step: () => Promise<void>): void {
    work = work.then(step).catch((error) => log.error({ err: error }, 'the scheduler failed, it will try again'));
  }

  function wake(): void {
    if (lookPending || closing) return;
    lookPending = true;
    then(async () => {
      lookPending = false;
      cancelTimer();
      if (!closing) await look().finally(lookLater);
    });
  }

  function lookLater(): void {
    const wait = Math.min(pollMilliseconds, holds.nextRelease() - clock.now());
    cancelTimer = closing ? cancelTimer : clock.after(Math.max(wait, 0), wake);
  }

  async function look(): Promise<void> {
    for (const job of await jobs.reapLost({ startMilliseconds, maxAttempts, isSilent })) {
      log.warn({ jobId: job.id, state: job.state }, 'lost sight of the runner');
      const { launch } = await readHistory(jobs, job.id);
      void launcher
        .stop(job.id, 0, launch)
        .catch((err) => log.error({ err, jobId: job.id }, 'a runner could not be stopped'));
    }
    const free = concurrency - (await jobs.active());
    const queued = await jobs.queued(Math.max(free, 0) + holds.size + 1);
    for (const job of queued) if (job.stopping) await stopQueued(job);
    const ready = queued.filter(({ id, stopping }) => !stopping && !holds.has(id)).slice(0, Math.max(free, 0));
    for (let next = 0; next < ready.length && !closing; next += LAUNCHING)
      await Promise.all(ready.slice(next, next + LAUNCHING).map(({ id }) => begin(id)));
  }

  /** A stop that was asked for just as the runner left. */
  async function stopQueued({ id, stopping }: Job): Promise<void> {
    const to = stopping === 'cancel' ? 'cancelled' : 'paused';
    await unlessConflict(jobs.transition(id, ['queued'], to, { reason: `${stopping} was asked for`, change: stopped }));
    wake();
  }

  /** Has a runner launched for a queued job, unless somebody else does. A place that stays free goes to the next at the next look. */
  async function begin(jobId: string): Promise<void> {
    const { lastEvent } = await readHistory(jobs, jobId);
    if (!(await unlessConflict(jobs.transition(jobId, ['queued'], 'starting', { lastEvent })))) return wake();
    // The event of that move.
    const launch = lastEvent + 1;
    try {
      const { handle } = await launcher.launch(jobId, launch);
      holds.forget(jobId);
      log.info({ jobId, handle }, 'launched');
    } catch (error) {
      await launchFailed(jobId, launch, error);
    }
  }

  async function launchFailed(jobId: string, launch: number, error: unknown): Promise<void> {
    log.warn({ err: error, jobId }, 'no runner could be launched');
    const history = await readHistory(jobs, jobId);
    // It took so long that the job was taken for lost, and launched again.
    if (history.launch !== launch) return wake();
    const { lastEvent } = history;
    const failure = error instanceof AnnealError ? error : new AnnealError('internal', String(error));
    const failures = holds.add(jobId, 'launch');
    const again = failure.retryable && failures < MAX_LAUNCHES;
    const move = again
      ? jobs.transition(jobId, ['starting'], 'queued', { reason: failure.message, lastEvent })
      : jobs.transition(jobId, ['starting'], 'failed', {
          reason: failure.message,
          lastEvent,
          change: { error: failure.detail() },
        });
    await unlessConflict(move);
    if (!again) holds.forget(jobId);
    wake();
  }

  async function settle(jobId: string, lost: Lost): Promise<void> {
    const settled = await settleLost(jobs, jobId, lost, maxAttempts);
    if (settled) log.warn({ jobId, state: settled.job.state, lost }, 'a runner ended without ending its job');
    if (settled?.job.state === 'queued' && !lost.interrupted) holds.set(jobId, 'loss', settled.losses);
    else holds.forget(jobId);
  }

  const unsubscribe = launcher.onExit(({ how, ...exit }: Exit) =>
    then(async () => {
      const { jobId, handle, tail, interrupted = false, refused = false, launch } = exit;
      log.info({ jobId, handle, how }, 'runner gone');
      // One of an earlier launch may have claimed the job before this one could.
      if (!(await launcher.running()).includes(jobId))
        await settle(jobId, { what: `its runner ended by ${how}`, tail, interrupted, refused, launch });
      wake();
    }),
  );
  const unsubscribeWaiting = launcher.onWaiting?.(({ jobId, why }) =>
    then(async () => {
      log.warn({ jobId, why }, 'a runner can’t start');
      await tellWaiting(jobs, jobId, why);
    }),
  );

  /** After a start of the service: runners that live are left alone, jobs without one go back into the queue. */
  async function reconcile(): Promise<void> {
    const alive = await launcher.running();
    for (const { id, state } of await activeJobs(jobs)) {
      if (!alive.includes(id)) await settle(id, state === 'starting' ? NOT_STARTED : ENDED_UNSEEN);
    }
  }

  if (!options.shared) then(reconcile);
  wake();

  return {
    wake,
    stopJob(id) {
      const stop = async (): Promise<void> => {
        const { stopping } = await jobs.get(id);
        if (stopping) await launcher.stop(id, GRACE[stopping]);
      };
      stop().catch((err) => log.error({ err, jobId: id }, 'a runner could not be stopped'));
    },
    async idle() {
      let before: Promise<void>;
      do {
        before = work;
        await before;
      } while (before !== work);
    },
    async close({ leaveRunning = false } = {}) {
      closing = true;
      cancelTimer();
      await work;
      const runners = leaveRunning ? [] : await launcher.running();
      await Promise.all(runners.map((id) => launcher.stop(id, GRACE.leave)));
      await work;
      unsubscribe();
      unsubscribeWaiting?.();
    },
  };
}

async function activeJobs(jobs: SchedulerJobs): Promise<Job[]> {
  const found: Job[] = [];
  for (const state of ['starting', 'running'] as const) {
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<SchedulerJobs['list']>> = await jobs.list(
        { state },
        { limit: 100, ...(cursor !== null && { cursor }) },
      );
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
  }
  return found;
}
