/**
 * Counters in the table of the jobs, for a service that runs in many places at once: one conditional update a request, on an item of
 * the tenant's present window, `TENANT#rate`. A window that is used up is remembered here, so that a flood costs no writes.
 */
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { windowOf } from '../../rate-window.ts';
import { openTable, type TableClient } from '../dynamodb-job-store/open.ts';

export interface DynamodbRateLimiterOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly client?: TableClient;
  /** False: the table is taken to be there, which spares a request. */
  readonly check?: boolean;
}

/** Opens the counters at `TABLE?region=…&endpoint=…`. @throws as `openTable` */
export async function dynamodbRateLimiter(
  rest: string,
  { now = Date.now, client: settings, check }: DynamodbRateLimiterOptions = {},
): Promise<RateLimiter & { close(): void }> {
  const { client, table } = await openTable(rest, settings, check);
  /** The window that each tenant has used up. */
  const usedUp = new Map<string, number>();
  return {
    async take(tenant, { requests, seconds }) {
      const { window, endsAt, secondsLeft } = windowOf(now(), seconds);
      if (usedUp.get(tenant) === window) return secondsLeft;
      const counted = await table.update({
        Key: { pk: `${tenant}#rate`, sk: `${seconds}#${window}` },
        UpdateExpression: 'SET #ttl = :ttl ADD #count :one',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
        ExpressionAttributeNames: { '#count': 'count', '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':most': requests, ':ttl': Math.ceil(endsAt / 1000) + 3600 },
      });
      if (counted) return 0;
      usedUp.set(tenant, window);
      return secondsLeft;
    },
    close: () => client.destroy(),
  };
}
