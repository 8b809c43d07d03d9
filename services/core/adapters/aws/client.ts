/** What the clients of AWS have in common: how long they wait and how often they try. */

/** Tries of one request. The waits between them double from 50 ms (throttled: 500 ms) to 20 s, less a random part. */
const TRIES = 10;

export const clientSettings = {
  maxAttempts: TRIES,
  retryMode: 'standard',
  requestHandler: {
    /** Milliseconds. */
    connectionTimeout: 3_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    /** A body that stands still for so long is cut off, and read on from there. */
    socketTimeout: 30_000,
  },
} as const;
