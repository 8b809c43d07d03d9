/** Time as the scheduler sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Calls once, later; returns what prevents it. */
  after(milliseconds: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};
