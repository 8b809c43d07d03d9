/** What the clients of AWS have in common: how long they wait and how often they try. */
import { ownRetries } from './retries.ts';

/** Tries of one request, where the network or the server fails. */
const TRIES = 10;

/** @param maxAttempts 1: nothing is sent again */
export const clientSettings = (maxAttempts = TRIES) => ({
  maxAttempts,
  retryStrategy: ownRetries(maxAttempts),
  requestHandler: {
    /** Milliseconds. */
    connectionTimeout: 3_000,
    requestTimeout: 60_000,
    throwOnRequestTimeout: true,
    /** A body that stands still for so long is cut off, and read on from there. */
    socketTimeout: 30_000,
  },
});
