/** What every RateLimiter promises. `make` opens one whose clock the test sets; `again` opens the same a second time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RateLimiter } from '@anneal/core';

export interface MadeLimiter {
  readonly limiter: RateLimiter;
  /** A second process; absent where counters are one process's own. */
  readonly again?: () => Promise<RateLimiter>;
  readonly clock: { now: number };
}

const rate = { requests: 5, seconds: 60 };

export function rateLimiterContract(name: string, make: () => Promise<MadeLimiter>): void {
  const check = (what: string, code: (made: MadeLimiter) => Promise<void>) =>
    test(`${name}: ${what}`, async () => code(await make()));

  check('so many a window pass, the next waits for the next window', async ({ limiter, clock }) => {
    clock.now = 1_800_000_000_000 + 12_500;
    for (let i = 0; i < 5; i++) assert.equal(await limiter.take('a', rate), 0);
    assert.equal(await limiter.take('a', rate), 48);
    clock.now += 47_499;
    assert.equal(await limiter.take('a', rate), 1);
    clock.now += 1;
    assert.equal(await limiter.take('a', rate), 0);
  });

  check('each tenant has its own', async ({ limiter }) => {
    for (let i = 0; i < 5; i++) await limiter.take('a', rate);
    assert.ok((await limiter.take('a', rate)) > 0);
    assert.equal(await limiter.take('b', rate), 0);
  });

  check('of many at once no more pass than may', async ({ limiter, again }) => {
    const other = (await again?.()) ?? limiter;
    const all = Array.from({ length: 40 }, (_, i) => (i % 2 ? limiter : other).take('a', rate));
    assert.equal((await Promise.all(all)).filter((wait) => wait === 0).length, 5);
  });
}
