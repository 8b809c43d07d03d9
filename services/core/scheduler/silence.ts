/**
 * Whether a runner is silent. A lease ends at a time that the runner's machine wrote; so a job is taken from its runner only if, besides,
 * nothing of it has changed while this process watched.
 */
import type { Sighting } from '../ports/job-store.ts';
import { type Clock, systemClock } from './clock.ts';
import { createStandstill } from './standstill.ts';

/** Milliseconds; a runner without news is heard of every 3 s, and may be held up. */
const LEAST = 10_000;

/** @param least milliseconds for which a job must have stood still */
export function createSilence(clock: Clock = systemClock, least = LEAST): (job: Sighting) => boolean {
  const standstill = createStandstill(clock);
  return (job) => standstill(job) >= least;
}
