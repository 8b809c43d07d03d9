/** Looks at the living runs from time to time, and tells which have ended and what keeps others from starting. */
import type { Log } from '../../log.ts';
import type { Exit, Waiting } from '../../ports/launcher.ts';
import type { Clock } from '../../scheduler/clock.ts';
import type { Batch } from './batch.ts';
import type { Logs } from './logs.ts';
import { howItEnded, isLiving, isNoLoss, isWaiting, type Run, wasRefused } from './run.ts';
import { whyItWaits } from './waiting.ts';

export interface WatchOptions {
  readonly batch: Batch;
  readonly logs: Logs;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds between two looks; 0: only when asked. */
  readonly every: number;
}

type Launched = Pick<Run, 'id' | 'jobId' | 'launch'>;

/** Milliseconds for which a look will do. */
const FRESH = 1000;
/** Milliseconds after which a run that Batch does not know is given up: it keeps ended ones for days. */
const UNKNOWN = 600_000;

export type Watch = ReturnType<typeof createWatch>;

export function createWatch({ batch, logs, clock, log, every }: WatchOptions) {
  const exits = new Set<(exit: Exit) => void>();
  const waits = new Set<(waiting: Waiting) => void>();
  /** Runs that have not ended as far as is known: id -> since when they are watched, and what was said of their waiting. */
  const watched = new Map<string, Launched & { readonly since: number; said: string | undefined }>();
  let looking: Promise<void> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let cancelTimer = (): void => undefined;

  function add({ id, jobId, launch }: Launched): void {
    if (!watched.has(id)) watched.set(id, { id, jobId, launch, since: clock.now(), said: undefined });
  }

  async function look(): Promise<void> {
    const before = [...watched.keys()];
    const living = await batch.living();
    for (const run of living) {
      add(run);
      tellWaiting(run);
    }
    const seen = new Set(living.map(({ id }) => id));
    await ask(before.filter((id) => !seen.has(id)));
    lookedAt = clock.now();
  }

  /** Asks after runs, and tells of those that have ended. */
  async function ask(ids: readonly string[]): Promise<void> {
    const found = await batch.described(ids);
    for (const run of found) if (!isLiving(run)) await ended(run, run.streams);
    const known = new Set(found.map(({ id }) => id));
    for (const id of ids.filter((one) => !known.has(one))) {
      const entry = watched.get(id);
      if (entry && clock.now() - entry.since > UNKNOWN && watched.delete(id))
        tell({ jobId: entry.jobId, launch: entry.launch, handle: id, how: 'an end that nobody saw', tail: '' });
    }
  }

  async function ended(run: Run, streams: readonly string[]): Promise<void> {
    if (!watched.has(run.id)) return;
    const stream = streams.at(-1);
    const tail = stream === undefined ? '' : await logs.tail(stream).catch(() => '');
    if (!watched.delete(run.id)) return;
    const { id: handle, jobId, launch } = run;
    const [interrupted, refused] = [isNoLoss(run), wasRefused(run)];
    const facts = { ...(interrupted && { interrupted }), ...(refused && { refused }) };
    tell({ jobId, launch, handle, how: howItEnded(run), tail, ...facts });
  }

  function tell(exit: Exit): void {
    for (const listener of exits) listener(exit);
  }

  function tellWaiting(run: Run): void {
    const entry = watched.get(run.id);
    const why = isWaiting(run) ? whyItWaits(run.statusReason) : undefined;
    if (!entry || why === undefined || why === entry.said) return;
    entry.said = why;
    for (const listener of waits) listener({ jobId: run.jobId, handle: run.id, why });
  }

  /** Callers at once share one look. */
  function now(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function later(): void {
    if (closed || every === 0) return;
    cancelTimer = clock.after(every, () => {
      void now()
        .catch((err) => log.warn({ err }, 'AWS Batch could not be looked at, the next look will do'))
        .finally(later);
    });
  }
  later();

  return {
    add,
    /** Done when a look is over that is fresh enough to answer by. */
    recent: async (): Promise<void> => {
      if (clock.now() - lookedAt > FRESH) await now();
    },
    /** Looks after these runs until all have ended, and have been told of. */
    async untilEnded(ids: readonly string[]): Promise<void> {
      for (;;) {
        await ask(ids.filter((id) => watched.has(id)));
        if (!ids.some((id) => watched.has(id))) return;
        await new Promise<void>((resolve) => clock.after(every || FRESH, resolve));
      }
    },
    /** Jobs of the runs that have not ended. */
    jobs: (): string[] => [...new Set([...watched.values()].map(({ jobId }) => jobId))],
    onExit(listener: (exit: Exit) => void) {
      exits.add(listener);
      return () => exits.delete(listener);
    },
    onWaiting(listener: (waiting: Waiting) => void) {
      waits.add(listener);
      return () => waits.delete(listener);
    },
    /** Done when no look is under way any more. */
    async close(): Promise<void> {
      closed = true;
      cancelTimer();
      await looking?.catch(() => undefined);
    },
  };
}
