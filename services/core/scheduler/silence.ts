/**
 * Whether a runner is silent by this process's own clock. A lease ends at a time that the runner's machine wrote; the machine that reads
 * it may have another time, by an hour after a jump. So a job is taken from its runner only if nothing of it has changed while this
 * process watched. Source: the rule of Amazon's DynamoDB Lock Client, which never compares the clocks of two machines.
 */
import type { Sighting } from '../ports/job-store.ts';
import { type Clock, systemClock } from './clock.ts';

/** Milliseconds; a runner without news is heard of every 3 s, and may be held up. */
const LEAST = 10_000;
/** Milliseconds after which a job that was not seen again is forgotten. */
const FORGET_AFTER = 600_000;

/** @param least milliseconds for which a job must have stood still */
export function createSilence(clock: Clock = systemClock, least = LEAST): (job: Sighting) => boolean {
  const seen = new Map<string, { sign: string; since: number; at: number }>();

  return ({ id, sign }) => {
    const now = clock.now();
    for (const [one, { at }] of seen) if (at + FORGET_AFTER < now) seen.delete(one);
    const known = seen.get(id);
    const since = known?.sign === sign ? known.since : now;
    seen.set(id, { sign, since, at: now });
    return now - since >= least;
  };
}
