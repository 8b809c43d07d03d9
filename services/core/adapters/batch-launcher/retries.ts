/** Retries of a request that must not be carried out twice: only where Batch was too busy, and so has not. */
import { ownRetries } from '../aws/retries.ts';

const TRIES = 10;

export function onlyThrottled(): ReturnType<typeof ownRetries> {
  const every = ownRetries(TRIES);
  return {
    ...every,
    async refreshRetryTokenForRetry(token, info) {
      if (info.errorType !== 'THROTTLING') throw new Error('not to be sent again');
      return every.refreshRetryTokenForRetry(token, info);
    },
  };
}
