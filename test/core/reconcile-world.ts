/**
 * A world for the reconciler: the real store, on a clock of its own, and a model of Batch, of its runners and of a service that crashes.
 * What happens is drawn from a seed, also in between the steps of a reconciler. It counts the harm that reconcilers do.
 */
import type { JobStore, Lease } from '@anneal/core';
import { sqliteJobStore } from '@anneal/core/adapters/sqlite-job-store/index.ts';
import { readHistory } from '@anneal/core/scheduler/history.ts';
import { isFinal, type JobState } from '@anneal/schemas';
import {
  type Reconciling,
  reconcileAll,
  reconcileJob,
} from '../../services/core/adapters/batch-launcher/reconcile/reconcile.ts';
import { isLiving, isWaiting, type Run } from '../../services/core/adapters/batch-launcher/run.ts';
import { anySpec } from '../contracts/spec.ts';

type ModelRun = { -readonly [Key in keyof Run]: Run[Key] } & {
  lease: Lease | undefined;
};

/** Milliseconds. Longer than all that is under way may take, so that only what is lost is taken for lost. */
const LONGEST_SUBMISSION = 90_000;
const TTL = 15_000;
const HOST = 'Host EC2 (instance i-0) terminated.';

export function createWorld(file: string, seed: number) {
  const random = generator(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  let now = 1_800_000_000_000;
  const store = sqliteJobStore(file, { now: () => now });
  const runs: ModelRun[] = [];
  /** Jobs that an event tells of, not yet delivered. */
  const events: string[] = [];
  /** Submissions under way: the service is slow. */
  let submissions: { jobId: string; launch: number; since: number }[] = [];
  const ids: string[] = [];
  const counts = { harm: [] as string[], submitted: new Map<string, number>(), delivered: 0, lost: 0, doubled: 0 };
  let faults = true;
  let depth = 0;

  const runsOf = (jobId: string): ModelRun[] => runs.filter((run) => run.jobId === jobId);
  const launchOf = async (jobId: string): Promise<number> => (await readHistory(store, jobId)).launch;
  const holds = ({ lease, status }: ModelRun): boolean => lease !== undefined && status === 'RUNNING';

  function move(run: ModelRun, status: Run['status'], statusReason = '', exitCode?: number): void {
    Object.assign(run, { status, statusReason, exitCode });
    if (faults && chance(0.2)) counts.lost += 1;
    else events.push(run.jobId);
  }

  /** As the launcher does: what is left is ended, then one run is submitted, unless a later launch was faster. */
  async function submit(jobId: string, launch: number): Promise<void> {
    const living = runsOf(jobId).filter(isLiving);
    if (living.some((run) => run.launch > launch)) return;
    for (const run of living) await end(run, 'Anneal: replaced');
    runs.push({
      ...{ id: `run-${runs.length}`, name: '', jobId, onDemand: false, status: 'SUBMITTED', statusReason: '' },
      ...{ createdAt: now, exitCode: undefined, reason: '', lease: undefined, launch },
    });
    counts.submitted.set(jobId, (counts.submitted.get(jobId) ?? 0) + 1);
  }

  async function end(run: ModelRun, reason: string): Promise<void> {
    if (isWaiting(run)) return move(run, 'FAILED', reason);
    if (!isLiving(run)) return;
    if (run.lease) await leave(run);
    move(run, 'FAILED', reason, 75);
  }

  /** A runner that is told to go puts its job where it belongs, if it still may. */
  async function leave({ lease, jobId }: ModelRun): Promise<void> {
    const { stopping } = await store.get(jobId);
    const to = stopping === 'cancel' ? 'cancelled' : stopping === 'pause' ? 'paused' : 'queued';
    const change = to === 'queued' ? {} : { stopping: null };
    await store.transition(jobId, ['running'], to, { lease: lease!, reason: 'left', change }).catch(() => undefined);
  }

  async function progress(run: ModelRun): Promise<void> {
    if (isWaiting(run)) return move(run, 'STARTING');
    if (run.status === 'STARTING') {
      run.status = 'RUNNING';
      try {
        run.lease = await store.claim(run.jobId, run.id, TTL);
      } catch {
        move(run, 'FAILED', 'exited', 3);
      }
      return;
    }
    const kept = await store.heartbeat(run.lease!, TTL).catch(() => undefined);
    if (!kept) return move(run, 'FAILED', 'exited', 3);
    if (kept.stopping) {
      await leave(run);
      return move(run, 'SUCCEEDED', 'exited', 0);
    }
    const draw = faults ? random() : 0;
    if (draw < 0.1) {
      await store.transition(run.jobId, ['running'], 'succeeded', { lease: run.lease! });
      move(run, 'SUCCEEDED', 'exited', 0);
    } else if (draw < 0.2) move(run, 'FAILED', 'exited', 137);
    else if (draw < 0.3) move(run, 'FAILED', HOST);
    else if (draw < 0.4) {
      // Batch tries again on another machine.
      run.lease = undefined;
      move(run, 'RUNNABLE', '');
    } else if (draw < 0.5) await end(run, HOST);
  }

  /** The service takes a job, and may be slow or die before it has submitted its runner. */
  async function schedule(): Promise<void> {
    const job = pick(await store.queued(20));
    if (!job) return;
    if (job.stopping) {
      const to = job.stopping === 'cancel' ? 'cancelled' : 'paused';
      return void (await store
        .transition(job.id, ['queued'], to, { change: { stopping: null } })
        .catch(() => undefined));
    }
    await store.transition(job.id, ['queued'], 'starting');
    const launch = await launchOf(job.id);
    if (faults && chance(0.15)) return;
    if (faults && chance(0.3)) submissions.push({ jobId: job.id, launch, since: now });
    else await submit(job.id, launch);
  }

  async function pass(milliseconds: number): Promise<void> {
    now += milliseconds;
    // No submission takes longer; one whose job is not starting any more is given up.
    const late = submissions.filter(({ since }) => now - since > LONGEST_SUBMISSION);
    submissions = submissions.filter((one) => !late.includes(one));
    for (const run of runs) if (holds(run)) await store.heartbeat(run.lease!, TTL).catch(() => undefined);
    await store.reapLost({ startMilliseconds: Number.MAX_SAFE_INTEGER, maxAttempts: 1000 });
  }

  async function act(): Promise<void> {
    const moves: (() => Promise<unknown>)[] = [
      schedule,
      schedule,
      async () => {
        const run = pick(runs.filter(isLiving));
        if (run) await progress(run);
      },
      async () => {
        const one = pick(submissions);
        if (!one) return;
        submissions = submissions.filter((other) => other !== one);
        if ((await store.get(one.jobId)).state === 'starting') await submit(one.jobId, one.launch);
      },
      deliver,
      deliver,
      () => pass(Math.floor(random() * 20_000)),
      async () => {
        if (chance(0.1)) await reconcileAll(reconciling);
      },
      async () => {
        const id = pick(ids);
        if (id && chance(0.05)) await store.requestStop(id, chance(0.5) ? 'cancel' : 'pause').catch(() => undefined);
      },
      async () => {
        const paused = pick((await store.list({ state: 'paused' }, { limit: 100 })).items);
        if (paused) await store.transition(paused.id, ['paused'], 'queued');
      },
    ];
    await pick(moves)!();
  }

  /** The first that is drawn of those under way; it may come again. */
  async function deliver(): Promise<void> {
    const jobId = pick(events);
    if (jobId === undefined) return;
    if (faults && chance(0.3)) counts.doubled += 1;
    else events.splice(events.indexOf(jobId), 1);
    counts.delivered += 1;
    await reconcileJob(reconciling, jobId);
  }

  /** Anything may happen while a reconciler waits for an answer; another reconciler may run as well. */
  async function meanwhile(): Promise<void> {
    if (!faults || depth >= 2) return;
    depth += 1;
    for (let i = Math.floor(random() * 4); i > 0; i--) await act();
    depth -= 1;
  }

  async function checkMove(jobId: string, from: JobState): Promise<void> {
    const alive = runsOf(jobId).filter(isLiving);
    const { attempt } = await store.get(jobId);
    if (from === 'running' && alive.some((run) => holds(run) && run.lease!.attempt === attempt))
      counts.harm.push(`${jobId} was taken from its runner`);
    const newest = await launchOf(jobId);
    const isNewest = ({ launch }: { readonly launch: number }): boolean => launch === newest;
    const submitting = submissions.filter((one) => one.jobId === jobId);
    if (from === 'starting' && (alive.some(isNewest) || submitting.some(isNewest)))
      counts.harm.push(`${jobId} was taken from the runner that starts`);
  }

  const watched: JobStore = {
    ...store,
    async get(id) {
      await meanwhile();
      return store.get(id);
    },
    async readEvents(...args) {
      await meanwhile();
      return store.readEvents(...args);
    },
    async transition(id, from, to, options) {
      await meanwhile();
      const before = await store.get(id);
      const after = await store.transition(id, from, to, options);
      await checkMove(id, before.state);
      return after;
    },
  };
  const reconciling: Reconciling = {
    jobs: watched,
    now: () => now,
    maxAttempts: 1000,
    tail: async () => '',
    batch: {
      async runsOf(jobId) {
        await meanwhile();
        return structuredClone(runsOf(jobId));
      },
      living: async () => structuredClone(runs.filter(isLiving)),
      async terminate(id, why) {
        await meanwhile();
        const run = runs.find((one) => one.id === id)!;
        const job = await store.get(run.jobId);
        if (holds(run) && job.state === 'running' && run.lease!.attempt === job.attempt)
          counts.harm.push(`${id} was ended while it had its job: ${why}`);
        const expected = run.launch === (await launchOf(run.jobId)) && !job.stopping && isLiving(run);
        if (job.state === 'starting' && expected) counts.harm.push(`${id} was ended while it was to start: ${why}`);
        await end(run, `Anneal: ${why}`);
      },
    },
  };

  return {
    store,
    counts,
    runsOf,
    async submitJobs(count: number): Promise<void> {
      for (let i = 0; i < count; i++) ids.push((await store.create({ spec: anySpec() })).job.id);
    },
    async turbulence(steps: number): Promise<void> {
      for (let i = 0; i < steps; i++) await act();
    },
    /** No faults any more; the timer comes once a minute. Returns the rounds until all was over. */
    async calm(): Promise<number> {
      faults = false;
      for (let round = 1; round <= 200; round++) {
        await pass(60_000);
        await reconcileAll(reconciling);
        for (let i = 0; i < ids.length; i++) await schedule();
        for (const run of runs.filter(isLiving)) await progress(run);
        for (const { id } of (await store.list({ state: 'paused' }, { limit: 100 })).items)
          await store.transition(id, ['paused'], 'queued');
        const jobs = await Promise.all(ids.map((id) => store.get(id)));
        if (jobs.every(({ state }) => isFinal(state)) && !runs.some(isLiving)) return round;
      }
      return Number.POSITIVE_INFINITY;
    },
    async histories() {
      return Promise.all(
        ids.map(async (id) => {
          const events = await store.readEvents(id, 0, 100_000);
          const states = events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : []));
          return { id, states, losses: (await readHistory(store, id)).losses };
        }),
      );
    },
  };
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
