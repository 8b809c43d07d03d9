/**
 * When a request is sent again. The retries of the AWS SDK draw on a budget that all requests of a client share: in a storm of
 * throttling it is used up after some hundred, and what comes then fails at once. Here each request has its own: so many tries where
 * the network or the server failed, and so much time where the service was too busy, which has not carried the request out.
 */
import type { S3ClientConfig } from '@aws-sdk/client-s3';

type RetryStrategy = Extract<
  Awaited<NonNullable<S3ClientConfig['retryStrategy']>>,
  { refreshRetryTokenForRetry: unknown }
>;
type Token = Parameters<RetryStrategy['refreshRetryTokenForRetry']>[0];

/** Milliseconds in which a request waits for a busy service. */
const PATIENCE = 60_000;
/** Milliseconds. Waits are a random part of these, which double from try to try. */
const FIRST_WAIT = { TRANSIENT: 50, THROTTLING: 250 };
const LONGEST_WAIT = { TRANSIENT: 20_000, THROTTLING: 4_000 };

/** @param tries 1: nothing is sent again */
export function ownRetries(tries: number): RetryStrategy {
  const began = new WeakMap<Token, number>();
  const token = (count: number, delay: number, at: number): Token => {
    const made = { getRetryCount: () => count, getRetryDelay: () => delay, getRetryCost: () => undefined };
    began.set(made, at);
    return made;
  };
  return {
    acquireInitialRetryToken: async () => token(0, 0, performance.now()),
    async refreshRetryTokenForRetry(before, { errorType }) {
      const at = began.get(before) ?? performance.now();
      const count = before.getRetryCount() + 1;
      const left = errorType === 'THROTTLING' ? tries > 1 && performance.now() - at < PATIENCE : count < tries;
      if ((errorType !== 'THROTTLING' && errorType !== 'TRANSIENT') || !left) throw new Error('not to be sent again');
      const longest = Math.min(LONGEST_WAIT[errorType], FIRST_WAIT[errorType] * 2 ** Math.min(count, 20));
      return token(count, Math.random() * longest, at);
    },
    recordSuccess: () => undefined,
  };
}
