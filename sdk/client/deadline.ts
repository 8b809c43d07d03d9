/** A signal of one's own that follows the caller's, and can be aborted after a time. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts the time again. */
  restart(): void;
  /** Ends the time; the caller's signal is still followed. */
  clear(): void;
  /** Ends the time and lets go of the caller's signal. */
  release(): void;
  abort(reason: unknown): void;
}

/** @param reason  makes what the signal is aborted with once `milliseconds` have passed */
export function deadline(follow: AbortSignal | undefined, milliseconds: number, reason: () => unknown): Deadline {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(follow?.reason);
  if (follow?.aborted) onAbort();
  else follow?.addEventListener('abort', onAbort, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => clearTimeout(timer);
  const restart = (): void => {
    clear();
    if (Number.isFinite(milliseconds)) timer = setTimeout(() => controller.abort(reason()), milliseconds);
  };
  restart();
  return {
    signal: controller.signal,
    restart,
    clear,
    release: () => {
      clear();
      follow?.removeEventListener('abort', onAbort);
    },
    abort: (why) => controller.abort(why),
  };
}
