/** Contract: counters in memory. */
import { memoryRateLimiter } from '../../services/core/adapters/memory-rate-limiter/index.ts';
import { rateLimiterContract } from './rate-limiter.contract.ts';

rateLimiterContract('memory', async () => {
  const clock = { now: 1_800_000_000_000 };
  return { limiter: memoryRateLimiter({ now: () => clock.now }), clock };
});
