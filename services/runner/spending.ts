/** What the attempts of a job have taken on their machines, as its events tell it. */
import type { Event } from '@anneal/schemas';

interface Attempt {
  readonly from: number;
  /** Milliseconds since 1970; null while it goes on. */
  to: number | null;
  machine: string | null;
  /** Undefined where the runner was lost before it had told. */
  dollarsPerHour: number | null | undefined;
}

export interface Spent {
  readonly seconds: number;
  /** Null where no attempt ran on a machine with a price. */
  readonly dollars: number | null;
}

const HOUR = 3600;

export class Spending {
  readonly #attempts: Attempt[] = [];

  add({ at, body }: Event): void {
    const last = this.#attempts.at(-1);
    if (body.type === 'machine' && last) {
      last.machine = body.machine;
      last.dollarsPerHour = body.dollarsPerHour;
    }
    if (body.type !== 'state') return;
    if (last && last.to === null) last.to = Date.parse(at);
    if (body.state === 'running')
      this.#attempts.push({ from: Date.parse(at), to: null, machine: null, dollarsPerHour: undefined });
  }

  /**
   * Of the attempts that are over. One that was lost counts up to when that was noticed; one whose machine is not known counts at
   * `dollarsPerHour`, the price of the machine at hand.
   */
  before(dollarsPerHour: number | null): Spent {
    const over = this.#attempts.filter(({ to }) => to !== null);
    // A clock that was set back takes nothing off.
    const seconds = over.map(({ from, to }) => Math.max(0, to! - from) / 1000);
    const prices = over.map((attempt) =>
      attempt.dollarsPerHour === undefined ? dollarsPerHour : attempt.dollarsPerHour,
    );
    return {
      seconds: seconds.reduce((a, b) => a + b, 0),
      dollars: prices.some((price) => price !== null)
        ? seconds.reduce((sum, each, i) => sum + (each * (prices[i] ?? 0)) / HOUR, 0)
        : null,
    };
  }
}

/** What was spent, and `seconds` more at a price. */
export const spentWith = (before: Spent, seconds: number, dollarsPerHour: number | null): Spent => ({
  seconds: before.seconds + seconds,
  dollars:
    dollarsPerHour === null && before.dollars === null
      ? null
      : (before.dollars ?? 0) + (seconds * (dollarsPerHour ?? 0)) / HOUR,
});
