/** A new job: its items, its first event, its places in the indexes and its idempotency key, in one transaction. */
import { AnnealError, type Job } from '@anneal/schemas';
import { newRecord } from '../../job-record.ts';
import { KEY_MILLISECONDS, keyTaken } from '../../lease.ts';
import type { Idempotency, NewJob } from '../../ports/job-store.ts';
import { eventItem, indexItem, jobOf, newItems } from './items.ts';
import type { Jobs } from './jobs.ts';
import type { Keys } from './keys.ts';
import { type Action, type Table, waitBusy } from './table.ts';

/** A transaction has at most 100 actions. */
const MOST_TAGS = 90;

export interface CreateOptions {
  readonly table: Table;
  readonly keys: Keys;
  readonly jobs: Jobs;
  readonly newId: (at: number) => string;
}

export async function create(
  { table, keys, jobs, newId }: CreateOptions,
  { spec, idempotency }: NewJob,
  at: number,
): Promise<{ job: Job; created: boolean }> {
  const tags = Object.entries(spec.tags);
  if (tags.length > MOST_TAGS) {
    const text = `tags: there are ${tags.length}, this job store takes ${MOST_TAGS}`;
    throw new AnnealError('invalid_request', text, 'tags');
  }
  const record = newRecord(newId(at), spec, at);
  const { id } = record;
  const [item, specItem] = newItems(record, at, { job: keys.job(id), spec: keys.spec(id) });
  const event = { type: 'state', state: 'queued', reason: null, error: null } as const;
  const indexes = [keys.all, keys.kind(record.kind), keys.state('queued'), ...tags.map((tag) => keys.tag(...tag))];
  const actions: Action[] = [
    ...(idempotency ? [keyAction(keys, idempotency, id, at)] : []),
    { Put: { Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
    { Put: { Item: specItem } },
    { Put: { Item: eventItem(keys.event(id, 1), event, at) } },
    ...indexes.map((pk) => ({ Put: { Item: indexItem(pk, record) } })),
  ];
  for (let tries = 1; ; tries++) {
    if (await table.write(actions)) return { job: jobOf(record, spec, null), created: true };
    const job = idempotency && (await madeBefore({ table, keys, jobs }, idempotency, at));
    if (job) return { job, created: false };
    // The key was dropped just now.
    await waitBusy(tries, table.name);
  }
}

/** DynamoDB drops keys some time after they are over. */
export async function madeBefore(
  { table, keys, jobs }: Pick<CreateOptions, 'table' | 'keys' | 'jobs'>,
  { key, bodyHash }: Idempotency,
  at: number,
): Promise<Job | undefined> {
  const known = await table.get(keys.idempotency(key));
  if (!known || (known.at as number) < at - KEY_MILLISECONDS) return undefined;
  if (known.bodyHash !== bodyHash) throw keyTaken(key, known.job as string);
  return jobs.whole(await jobs.find(known.job as string));
}

/** Takes the key unless it is taken and not over. DynamoDB drops items some time after their `ttl`, which is in seconds. */
function keyAction(keys: Keys, { key, bodyHash }: Idempotency, job: string, at: number): Action {
  return {
    Put: {
      Item: { ...keys.idempotency(key), bodyHash, job, at, ttl: Math.ceil((at + KEY_MILLISECONDS) / 1000) },
      ConditionExpression: 'attribute_not_exists(pk) OR #at < :over',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':over': at - KEY_MILLISECONDS },
    },
  };
}
