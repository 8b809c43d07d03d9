/** Lets so many through a second, evenly, in the order in which they came; a queue that is full refuses. */
import { AnnealError } from '@anneal/schemas';
import { type Clock, systemClock } from '../../scheduler/clock.ts';

export interface PaceOptions {
  readonly perSecond: number;
  /** That may wait. */
  readonly most: number;
  readonly clock?: Clock;
}

/** Resolves when it is the caller's turn. @throws AnnealError rate_limited (retryable) if too many wait */
export type Pace = () => Promise<void>;

export function createPace({ perSecond, most, clock = systemClock }: PaceOptions): Pace {
  const every = 1000 / perSecond;
  let waiting = 0;
  let last = Number.NEGATIVE_INFINITY;
  let turn: Promise<void> = Promise.resolve();

  /** Counts from when the one before really went: after a standstill they do not all go at once. */
  async function next(): Promise<void> {
    const wait = last + every - clock.now();
    if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
    last = clock.now();
    waiting -= 1;
  }

  return async () => {
    if (waiting > most) {
      const text = `${most} launches wait for their turn, ${perSecond} a second; try again later`;
      throw new AnnealError('rate_limited', text);
    }
    waiting += 1;
    turn = turn.then(next);
    await turn;
  };
}
