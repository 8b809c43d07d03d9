/** Jobs that wait before they are tried again: the longer, the more often they failed. */
import type { Clock } from './clock.ts';

/** A launch that failed, or a runner that was lost. */
type Why = 'launch' | 'loss';

/** Milliseconds after the first failure; each one more makes it four times as long. */
const FIRST = 250;
const LONGEST = 60_000;
/** Milliseconds after the release; a job cancelled while it waited is never heard of again. */
const FORGET_AFTER = 600_000;

export type Holds = ReturnType<typeof createHolds>;

export function createHolds(clock: Clock) {
  const holds = new Map<string, { why: Why; failures: number; until: number }>();

  function set(jobId: string, why: Why, failures: number): void {
    for (const [id, { until }] of holds) if (until + FORGET_AFTER < clock.now()) holds.delete(id);
    holds.set(jobId, { why, failures, until: clock.now() + Math.min(LONGEST, FIRST * 4 ** (failures - 1)) });
  }

  return {
    set,
    /** Holds the job for one failure more; returns how many there were in a row. */
    add(jobId: string, why: Why): number {
      const known = holds.get(jobId);
      const failures = (known?.why === why ? known.failures : 0) + 1;
      set(jobId, why, failures);
      return failures;
    },
    has: (jobId: string): boolean => (holds.get(jobId)?.until ?? 0) > clock.now(),
    forget: (jobId: string): boolean => holds.delete(jobId),
    get size(): number {
      return holds.size;
    },
    /** When the next job may be tried again; infinity if none waits. */
    nextRelease(): number {
      const waiting = [...holds.values()].map(({ until }) => until).filter((until) => until > clock.now());
      return Math.min(...waiting, Number.POSITIVE_INFINITY);
    },
  };
}
