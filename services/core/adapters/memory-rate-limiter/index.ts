/** Counters in the memory of one process: for a service that is alone. */
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { windowOf } from '../../rate-window.ts';

export function memoryRateLimiter({ now = Date.now }: { readonly now?: () => number } = {}): RateLimiter {
  /** Of the present window of each tenant. */
  const counts = new Map<string, { window: number; count: number }>();
  return {
    async take(tenant, rate) {
      const { window, secondsLeft } = windowOf(now(), rate.seconds);
      const known = counts.get(tenant);
      const count = known?.window === window ? known.count : 0;
      if (count >= rate.requests) return secondsLeft;
      counts.set(tenant, { window, count: count + 1 });
      return 0;
    },
  };
}
