/** When requests to AWS are sent again: so many tries where network or server fail, so much time where the service is too busy. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ownRetries } from '../../services/core/adapters/aws/retries.ts';

type Failure = 'THROTTLING' | 'TRANSIENT' | 'SERVER_ERROR' | 'CLIENT_ERROR';

/** How often one request is sent again when it always fails so, a second between two tries; 1000 at most. */
async function resent(t: TestContext, tries: number, errorType: Failure): Promise<number> {
  let now = 5000;
  t.mock.method(performance, 'now', () => now);
  const strategy = ownRetries(tries);
  let token = await strategy.acquireInitialRetryToken('');
  for (let count = 0; count < 1000; count++) {
    try {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType });
    } catch {
      return count;
    }
    assert.equal(token.getRetryCount(), count + 1);
    const delay = token.getRetryDelay();
    assert.ok(delay >= 0 && delay <= 20_000, `${delay} ms`);
    now += 1000;
  }
  return 1000;
}

for (const [tries, errorType, expected] of [
  [10, 'TRANSIENT', 9],
  [10, 'THROTTLING', 60],
  [10, 'CLIENT_ERROR', 0],
  [10, 'SERVER_ERROR', 0],
  [1, 'TRANSIENT', 0],
  [1, 'THROTTLING', 0],
] as const)
  test(`${errorType}, ${tries} tries: sent again ${expected} times`, async (t) => {
    assert.equal(await resent(t, tries, errorType), expected);
  });

test('requests do not share what they may try', async () => {
  const strategy = ownRetries(3);
  for (let request = 0; request < 2000; request++) {
    const token = await strategy.acquireInitialRetryToken('');
    const again = await strategy.refreshRetryTokenForRetry(token, { errorType: 'TRANSIENT' });
    assert.equal(again.getRetryCount(), 1);
  }
});
