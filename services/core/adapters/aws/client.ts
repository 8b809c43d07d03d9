/** What the clients of AWS have in common: how long they wait, how often they try, and whose rights they have. */
import { jobCredentials } from './job-credentials.ts';
import { ownRetries } from './retries.ts';

/** Tries of one request, where the network or the server fails. */
const TRIES = 10;

let ofJob: ReturnType<typeof jobCredentials>;

/** The same for all clients of the process. */
function credentialsHere(): { readonly credentials?: NonNullable<typeof ofJob> } {
  ofJob ??= jobCredentials(process.env);
  return ofJob ? { credentials: ofJob } : {};
}

/** @param maxAttempts 1: nothing is sent again */
export const clientSettings = (maxAttempts = TRIES) => ({
  ...credentialsHere(),
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
