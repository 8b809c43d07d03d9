/** Requests to stop, from the user or the machine: the strongest counts, and training that does not end in time is ended. */
import { type StopReason, stopReasons } from './trainer-messages.ts';

/** Milliseconds that training gets to end its step and save. */
const DEADLINE: Readonly<Record<StopReason, number>> = { leave: 8_000, cancel: 10_000, pause: 30_000 };

/** Of the time from being told to end to being ended, in milliseconds: what is kept for storing what training has saved. */
const RESERVE = 12_000;

export interface Stopper {
  readonly asked: StopReason | null;
  /** Resolves, to why it was to stop, when training has had its time or has nothing to save. */
  readonly overdue: Promise<StopReason>;
  ask(why: StopReason): void;
  close(): void;
}

/**
 * @param tell passes the request on to the training thread
 * @param hasWork whether training has begun its steps; before that there is nothing to save
 * @param stopMilliseconds from being told to being ended by force
 */
export function createStopper(
  tell: (why: StopReason) => void,
  hasWork: () => boolean,
  stopMilliseconds = Number.POSITIVE_INFINITY,
): Stopper {
  const most = Math.max(stopMilliseconds - RESERVE, stopMilliseconds / 2);
  let asked: StopReason | null = null;
  let timer: NodeJS.Timeout | undefined;
  let giveUp = (_why: StopReason): void => undefined;
  const overdue = new Promise<StopReason>((resolve) => {
    giveUp = resolve;
  });
  return {
    get asked() {
      return asked;
    },
    overdue,
    ask(why) {
      if (stopReasons.indexOf(why) <= stopReasons.indexOf(asked)) return;
      asked = why;
      tell(why);
      clearTimeout(timer);
      timer = setTimeout(giveUp, hasWork() ? Math.min(DEADLINE[why], most) : 0, why);
    },
    close: () => clearTimeout(timer),
  };
}
