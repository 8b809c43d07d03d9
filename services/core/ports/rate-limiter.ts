/** The port to the counters of requests. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

export interface RateLimiter {
  /**
   * Counts a request of a tenant against windows of `rate.seconds`, which begin with the clock. Of callers at once, never more than
   * `rate.requests` get 0; the others get the seconds, at least 1, until the next window.
   * @throws AnnealError store_unavailable (retryable): without a count nothing is let through
   */
  take(tenant: string, rate: Rate): Promise<number>;
}
