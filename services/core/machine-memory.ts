/** How much memory a runner on this machine may use. */

import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';

/** The rest is for the system, the service and the page cache. */
const SHARE = 0.8;

/** Bytes: a share of the machine's memory, or of the container's where that is less. */
export function runnerMemory(): number {
  const container = constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor(SHARE * Math.min(totalmem(), container));
}
