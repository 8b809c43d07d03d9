/** Waiting before another try: doubling from 0.5 s to 8 s, up to 25 % shorter by chance, or what `Retry-After` asks for. */

const FIRST_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 8_000;
const LONGEST_RETRY_AFTER_MILLISECONDS = 60_000;

/** `attempt` counts from 0; `random` is in [0, 1). */
export function delay(attempt: number, retryAfter: string | null = null, random = Math.random()): number {
  const asked = parseRetryAfter(retryAfter);
  if (asked !== undefined) return asked;
  const full = Math.min(FIRST_MILLISECONDS * 2 ** attempt, LONGEST_MILLISECONDS);
  return full * (1 - 0.25 * random);
}

/** Milliseconds, from a number of seconds or a date; undefined if there is none or it asks for more than a minute. */
export function parseRetryAfter(value: string | null, now = Date.now()): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return milliseconds >= 0 && milliseconds <= LONGEST_RETRY_AFTER_MILLISECONDS ? milliseconds : undefined;
}

/** @throws the signal's reason, as soon as it is aborted */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
