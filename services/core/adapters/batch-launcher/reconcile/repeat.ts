/** The reconciler in a service that runs all the time: once a minute, as the timer of EventBridge does. */
import { createLog } from '../../../log.ts';
import { createStandstill } from '../../../scheduler/standstill.ts';
import { type Reconciling, reconcileAll } from './reconcile.ts';

const EVERY = 60_000;

/** Returns what ends it; done when none is under way. */
export function repeatReconcile(options: Reconciling, every = EVERY): () => Promise<void> {
  const log = createLog('reconciler', 'stderr', 'warn');
  const remembering = { standstill: createStandstill(), ...options };
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  function later(): void {
    if (closed) return;
    timer = setTimeout(() => {
      work = reconcileAll(remembering)
        .catch((err) => log.warn({ err }, 'jobs and runners could not be compared, the next time will do'))
        .finally(later);
    }, every);
  }
  later();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await work;
  };
}
