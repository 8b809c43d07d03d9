/**
 * What each operation of a job asks of DynamoDB: requests, and items written. On AWS an item of up to 1 KB in a transaction costs two
 * write units, alone one. (DynamoDB Local tells units too, but not those of AWS: two for a transaction of any size.)
 */
import type { JobStore } from '@anneal/core';
import type { EventBody } from '@anneal/schemas';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { anySpec } from '../../contracts/spec.ts';

/** `open` opens a store on the client. */
export async function capacityRows(
  client: DynamoDBClient,
  open: (client: DynamoDBClient) => Promise<JobStore>,
): Promise<string> {
  let requests = 0;
  let items = 0;
  let units = 0;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const written = (args.input as { TransactItems?: unknown[] }).TransactItems?.length;
        requests += 1;
        items += written ?? Number(commandName.startsWith('Update'));
        units += written === undefined ? Number(commandName.startsWith('Update')) : 2 * written;
        return next(args);
      },
    { step: 'initialize' },
  );
  const store = await open(client);
  const rows = ['| operation | requests | items written | write units |', '|---|---|---|---|'];
  async function row<T>(name: string, operation: () => Promise<T>): Promise<T> {
    requests = items = units = 0;
    const result = await operation();
    rows.push(`| ${name} | ${requests} | ${items} | ${units} |`);
    return result;
  }
  const notice: EventBody = { type: 'notice', level: 'info', message: 'words' };
  const idempotency = { key: 'k', bodyHash: 'a' };
  const { job } = await row('submit, with a key and two tags', () =>
    store.create({ spec: anySpec({ team: 'a', size: 'b' }), idempotency }),
  );
  await row('move to starting', () => store.transition(job.id, ['queued'], 'starting'));
  const lease = await row('claim', () => store.claim(job.id, 'runner', 60_000));
  await row('heartbeat', () => store.heartbeat(lease, 60_000));
  await row('append the first event', () => store.appendEvents(job.id, [notice], lease));
  await row('append another', () => store.appendEvents(job.id, [notice], lease));
  await row('append 10', () => store.appendEvents(job.id, Array(10).fill(notice), lease));
  await row('get', () => store.get(job.id));
  await row('look for new events', () => store.readEvents(job.id, 15, 256));
  await row('a page of the list', () => store.list({}, { limit: 20 }));
  await row('look for lost jobs', () => store.reapLost({ startMilliseconds: 1e9, maxAttempts: 3 }));
  await row('count the active', () => store.active());
  await row('move to succeeded', () => store.transition(job.id, ['running'], 'succeeded', { lease }));
  await store.close();
  return rows.join('\n');
}
