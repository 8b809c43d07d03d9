/** How much one tenant may ask for: requests in a minute, and jobs that have not ended. */
import type { NewJob, RateLimiter } from '@anneal/core';
import { AnnealError, type Job } from '@anneal/schemas';
import type { MiddlewareHandler } from 'hono';
import type { Variables } from './endpoint.ts';
import type { Services } from './services.ts';

/** Says when to come again. */
export class RateLimited extends AnnealError {
  constructor(
    message: string,
    /** At least 1. */
    readonly seconds: number,
  ) {
    super('rate_limited', message);
  }
}

/** Seconds after which a tenant whose jobs are too many may look again. */
const LOOK_AGAIN = 30;

export const limitRequests =
  (limiter: RateLimiter, requestsPerMinute: number): MiddlewareHandler<{ Variables: Variables }> =>
  async (c, next) => {
    const identity = c.get('identity');
    if (!identity) return next();
    const wait = await limiter.take(identity.tenant, { requests: requestsPerMinute, seconds: 60 });
    if (wait === 0) return next();
    const text = `more than ${requestsPerMinute} requests came from ${identity.tenant} within a minute; wait ${wait} s`;
    throw new RateLimited(text, wait);
  };

/** Creates a job unless too many are open; one that was created before may be asked for again even then. Of submissions at once some
 *  may pass that together are too many. @throws RateLimited */
export async function createWithin(
  { jobs, limits: { openJobs } }: Pick<Services, 'jobs' | 'limits'>,
  wanted: NewJob,
): Promise<{ job: Job; created: boolean }> {
  if (openJobs === undefined || (await jobs.openJobs(openJobs)) < openJobs) return jobs.create(wanted);
  const job = wanted.idempotency && (await jobs.madeBefore(wanted.idempotency));
  if (job) return { job, created: false };
  const text = `${openJobs} jobs have not ended, which is as many as may be; wait until one ends, or cancel one`;
  throw new RateLimited(text, LOOK_AGAIN);
}
