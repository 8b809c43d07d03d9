/** Runs one attempt of a job: claims it, trains in a worker thread, writes what comes of it, and brings the job to its next state. */
import type { ArtifactStore, JobStore, Lease } from '@anneal/core';
import { datasetsOfSpec } from '@anneal/core/datasets/open-jobs.ts';
import type { Calibrations } from '@anneal/core/forecast/calibrations.ts';
import { isMachine } from '@anneal/core/forecast/machine.ts';
import type { Log } from '@anneal/core/log.ts';
import { AnnealError, type Progress } from '@anneal/schemas';
import { placeForJob } from './datasets/for-job.ts';
import type { Placed } from './datasets/place.ts';
import { failureOf } from './failure.ts';
import { finish } from './finish.ts';
import { type History, readHistory } from './history.ts';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';
import { putJson } from './put-json.ts';
import { noteRun, overspent, pricePerHour, type Reckoning, type ReckoningOptions, reckon } from './reckoning.ts';
import { Recorder } from './recorder.ts';
import { findResumePoint } from './resume-point.ts';
import { findSources } from './sources.ts';
import { createStopper } from './stopper.ts';
import { startTrainer, type TrainerEnd } from './trainer.ts';
import type { ResumePoint } from './trainer-host.ts';

export interface RunJobOptions {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly jobId: string;
  /** Names this runner in the job's record, as in `machine:1234`. */
  readonly runnerId: string;
  /** Module that the training thread starts with; it calls `trainHere`. */
  readonly trainerEntry: URL;
  readonly log: Log;
  /** Machine that it runs on, and what runs have taken there. */
  readonly here: ReckoningOptions['here'];
  readonly calibrations: Calibrations;
  /** Milliseconds between being told to end and being ended, where that is known: training is given up in time to save what there is. */
  readonly stopMilliseconds?: number;
  /** Milliseconds that the lease lives without a heartbeat, and between heartbeats, without news and with; the last is the store's pace,
   *  where it has one, unless it is given. */
  readonly timing?: { readonly ttl: number; readonly every: number; readonly everyWithNews: number };
}

/** `left`: told to, and the job is back in the queue. `lost`: the job is not this runner's, or no longer; nothing was written since. */
export interface Ended {
  readonly how: 'done' | 'left' | 'lost';
  /** False if the training thread hangs in native code: it ends only with the process. */
  readonly threadGone: boolean;
}

export interface RunningJob {
  /** Rejects if the stores fail: the job is left to the scheduler. */
  readonly ended: Promise<Ended>;
  /** The process has been told to end: a stop was asked for, or else the machine goes away. */
  told(): void;
}

/** What an attempt writes with, once it has its lease. */
export interface Claimed {
  readonly lease: Lease;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly keeper: LeaseKeeper;
  readonly history: History;
  readonly recorder: Recorder;
}

const TIMING = { ttl: 15_000, every: 3_000, everyWithNews: 250 };
/** Milliseconds: timers take no more, and no attempt is that long. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** Milliseconds that the training thread gets to end when nothing is wanted from it any more. */
const TERMINATE = 2_000;

export function runJob(options: RunJobOptions): RunningJob {
  const { jobs, artifacts, jobId, log } = options;
  const timing = options.timing ?? { ...TIMING, everyWithNews: jobs.paceMilliseconds ?? TIMING.everyWithNews };
  let phase: Progress['phase'] | undefined;
  let placed: Placed | null = null;
  // Loads TensorFlow while the job is claimed.
  const trainer = startTrainer(options.trainerEntry);
  const stopper = createStopper(
    (why) => trainer.requestStop(why),
    () => phase === 'training' || phase === 'exporting',
    options.stopMilliseconds,
  );

  async function claim(): Promise<Claimed> {
    const lease = await jobs.claim(jobId, options.runnerId, timing.ttl);
    const at = Date.now();
    log.info({ jobId, attempt: lease.attempt }, 'claimed');
    const keeper = keepLease({ jobs, lease, log, ...timing, onStopping: (stopping) => stopper.ask(stopping) });
    const history = await readHistory(jobs, jobId);
    return { lease, at, keeper, history, recorder: new Recorder({ jobs, artifacts, lease, history, log }) };
  }
  const claimed = claim();

  async function run(
    { lease, at, keeper, history, recorder }: Claimed,
    resume: ResumePoint | null,
    unreadable: string[],
  ): Promise<TrainerEnd> {
    const { spec, createdAt } = await jobs.get(jobId);
    const sources = await findSources({ jobs, artifacts }, spec);
    putJson(recorder, 'spec.json', spec);
    if (isMachine(options.here)) {
      const { name: machine } = options.here;
      recorder.event({ type: 'machine', machine, dollarsPerHour: pricePerHour(options.here) });
    }
    const reckoning = spec.kind === 'train' ? await reckon(spec, { ...options, history }) : null;
    trainer.listen({
      emit(body) {
        // Nobody can go on from them: they go with those that the next checkpoint replaces.
        const also = body.type === 'checkpoint' ? unreadable.splice(0).filter((name) => name !== body.name) : [];
        recorder.event(body.type === 'checkpoint' ? { ...body, replaces: [...body.replaces, ...also] } : body);
      },
      report(update) {
        phase = update.progress?.phase ?? phase;
        keeper.report(update);
      },
      put: (...file) => recorder.put(...file),
    });
    const submittedAt = Date.parse(createdAt);
    const leaving = new AbortController();
    const overdue = stopper.overdue.then((by): TrainerEnd => {
      leaving.abort();
      void trainer.terminate(TERMINATE);
      return { kind: 'stopped', by };
    });
    const begun = async (): Promise<TrainerEnd> => {
      const log = (message: string) => recorder.event({ type: 'notice', level: 'info', message });
      placed = await placeForJob(await datasetsOfSpec(spec, jobs), { artifacts, signal: leaving.signal, log });
      const datasets = placed?.folder ?? null;
      const context = { jobId, attempt: lease.attempt, submittedAt, resume, datasets, sources, reckoning };
      if (!stopper.asked && !leaving.signal.aborted) trainer.begin({ spec, context });
      return trainer.end;
    };
    const money = spec.kind === 'train' ? moneyEnds(reckoning, spec.budget.dollars, Date.now() - at, history) : null;
    const written = async (): Promise<TrainerEnd> => {
      const work = begun();
      // Where a stop was faster than the fetching of the data.
      work.catch(() => undefined);
      const end = await Promise.race([work, overdue]);
      await recorder.idle();
      return end;
    };
    const ended = written();
    const end = await (money ? Promise.race([ended, money.over]) : ended).finally(() => {
      money?.close();
      leaving.abort();
      ended.catch(() => undefined);
    });
    if (end.kind === 'failed') void trainer.terminate(TERMINATE);
    if (end.kind === 'succeeded' && end.measured) await noteRun(end.measured, at, options);
    return end;
  }

  async function attempt(): Promise<'done' | 'left'> {
    const now = await claimed;
    const { keeper, history, recorder } = now;
    try {
      const { resume, unreadable } = await findResumePoint(artifacts, jobId, history);
      for (const { name, why } of unreadable) {
        history.checkpoints.delete(name);
        recorder.event({ type: 'notice', level: 'warning', message: `${name} can't be gone on from: ${why}` });
      }
      const names = unreadable.map(({ name }) => name);
      const end = await Promise.race([run(now, resume, names).catch(failedByStores), keeper.lost]);
      const finished = finish(now, end, { ...options, resumedStep: resume?.step ?? 0, stopper });
      return (await Promise.race([finished, keeper.lost])) === 'queued' ? 'left' : 'done';
    } finally {
      stopper.close();
      recorder.stop();
      await keeper.close();
    }
  }

  async function ended(): Promise<Ended> {
    try {
      const how = await attempt().catch((error) => lostOrThrow(error, log));
      return { how, threadGone: await trainer.terminate(TERMINATE) };
    } finally {
      await trainer.terminate(TERMINATE);
      await placed?.remove().catch((err) => log.warn({ err }, 'the files of data sets stay'));
    }
  }

  return {
    ended: ended(),
    told() {
      const leave = async (): Promise<void> => {
        if ((await (await claimed).keeper.beat()) === null) stopper.ask('leave');
      };
      leave().catch((err) => log.error({ err }, 'told to end before the job was claimed'));
    },
  };
}

/** Ends a run whose money is spent before all of it is done: while data are loaded, say, or while what training has made is stored. */
function moneyEnds(
  reckoning: Reckoning | null,
  dollars: number | undefined,
  milliseconds: number,
  history: History,
): { over: Promise<TrainerEnd>; close(): void } | null {
  if (dollars === undefined || reckoning?.secondsLeft == null) return null;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<TrainerEnd>((resolve) => {
    const left = reckoning.secondsLeft! * 1000 - milliseconds;
    if (left > LONGEST_TIMER) return;
    timer = setTimeout(() => {
      const why = `the run was not done after ${reckoning.secondsLeft!.toPrecision(3)} s on ${reckoning.machine.name}`;
      resolve({ kind: 'failed', failure: failureOf(overspent(dollars, why, history)) });
    }, left);
  });
  return { over, close: () => clearTimeout(timer) };
}

/** A full disk and a missing model are the job's end; a store out of reach is not, nor is a lost lease. */
function failedByStores(error: unknown): TrainerEnd {
  if (error instanceof AnnealError && ['lease_lost', 'store_unavailable'].includes(error.code)) throw error;
  return { kind: 'failed', failure: failureOf(error) };
}

function lostOrThrow(error: unknown, log: Log): 'lost' {
  if (!(error instanceof AnnealError) || !['lease_lost', 'conflict'].includes(error.code)) throw error;
  log.error({ err: error }, 'the job is not this runner’s, or no longer');
  return 'lost';
}
