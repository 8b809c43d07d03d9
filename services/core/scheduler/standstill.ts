/**
 * For how long nothing has changed, by this process's own monotonic clock. Times of day that another machine wrote say little: its clock,
 * or that of who reads them, may be wrong by an hour after a jump. Source: the rule of Amazon's DynamoDB Lock Client, which never
 * compares the clocks of two machines.
 */
import type { Sighting } from '../ports/job-store.ts';
import { type Clock, systemClock } from './clock.ts';

/** Milliseconds since a job was first seen with this sign of life; 0 for one that is new. */
export type Standstill = (job: Sighting) => number;

/** Milliseconds after which a job that was not seen again is forgotten. */
const FORGET_AFTER = 600_000;

export function createStandstill(clock: Clock = systemClock): Standstill {
  const seen = new Map<string, { sign: string; since: number; at: number }>();

  return ({ id, sign }) => {
    const now = clock.now();
    for (const [one, { at }] of seen) if (at + FORGET_AFTER < now) seen.delete(one);
    const known = seen.get(id);
    const since = known?.sign === sign ? known.since : now;
    seen.set(id, { sign, since, at: now });
    return now - since;
  };
}
