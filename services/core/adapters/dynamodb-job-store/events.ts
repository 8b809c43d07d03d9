/**
 * Events, numbered without gaps. The number of the last one is in the job's item, and an append moves it on in the same transaction:
 * of two who append at once, one begins anew. The partition changes every 1024 events, so a job may have any number of them, and its
 * watchers read where its writer writes.
 */
import type { Event, EventBody } from '@anneal/schemas';
import { checkLease } from '../../lease.ts';
import type { Lease } from '../../ports/job-store.ts';
import { update } from './expressions.ts';
import { eventItem, eventOf } from './items.ts';
import type { Jobs } from './jobs.ts';
import { BLOCK, blockOf, type Keys } from './keys.ts';
import { type Action, type Item, type Table, waitBusy } from './table.ts';

/** A transaction ends at 100 actions and 4 MB; one is the job's. */
const MOST_ACTIONS = 99;
const MOST_BYTES = 3_500_000;
/** Jobs whose last number is remembered. */
const REMEMBERED = 1000;

export function eventsOf(table: Table, keys: Keys, jobs: Jobs, now: () => number) {
  /** The last number of each job, as far as this process knows: it spares a read before each append, and may be out of date. */
  const last = new Map<string, number>();

  function remember(id: string, seq: number): void {
    last.delete(id);
    last.set(id, seq);
    const [oldest] = last.keys();
    if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
  }

  /** The number of the job's last event. @throws AnnealError lease_lost, not_found */
  async function known(id: string, lease: Lease | undefined): Promise<number> {
    const remembered = last.get(id);
    if (remembered !== undefined) return remembered;
    const item = await jobs.short(id);
    checkLease(item, lease);
    return item.seq;
  }

  async function appendChunk(id: string, bodies: readonly EventBody[], lease: Lease | undefined): Promise<number> {
    // A lease of another job opens nothing.
    if (lease && lease.jobId !== id) checkLease(await jobs.short(id), lease);
    const held: Item = lease ? { token: lease.token, state: 'running' } : {};
    for (let tries = 1; ; tries++) {
      const before = await known(id, lease);
      const seq = before + bodies.length;
      const at = now();
      const events = bodies.map((body, i) => eventItem(keys.event(id, before + 1 + i), body, at));
      const actions: Action[] = [
        { Update: { Key: keys.job(id), ...update({ seq }, { seq: before, ...held }) } },
        ...events.map((item) => ({ Put: { Item: item } })),
      ];
      if (await table.write(actions)) {
        remember(id, seq);
        return seq;
      }
      last.delete(id);
      if (tries > 1) await waitBusy(tries, table.name);
    }
  }

  return {
    async append(id: string, bodies: readonly EventBody[], lease?: Lease): Promise<number> {
      if (bodies.length === 0) {
        const item = await jobs.short(id);
        checkLease(item, lease);
        return item.seq;
      }
      let seq = 0;
      for (const chunk of chunksOf(bodies)) seq = await appendChunk(id, chunk, lease);
      return seq;
    },

    async read(id: string, after: number, limit: number): Promise<Event[]> {
      const found: Event[] = [];
      for (let next = after + 1; found.length < limit; ) {
        const { pk, sk } = keys.event(id, next);
        const { Items = [], LastEvaluatedKey } = await table.query({
          KeyConditionExpression: 'pk = :pk AND sk >= :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          Limit: limit - found.length,
        });
        found.push(...Items.map(eventOf));
        const seen = found.at(-1)?.seq ?? after;
        // Numbers have no gaps: a block that is not full is the last.
        if (!LastEvaluatedKey && (blockOf(seen + 1) === blockOf(next) || Items.length === 0)) break;
        next = seen + 1;
      }
      return found;
    },
  };
}

function* chunksOf(bodies: readonly EventBody[]): Generator<EventBody[]> {
  let chunk: EventBody[] = [];
  let bytes = 0;
  for (const body of bodies) {
    const size = Buffer.byteLength(JSON.stringify(body));
    if (chunk.length === Math.min(MOST_ACTIONS, BLOCK) || (chunk.length > 0 && bytes + size > MOST_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(body);
    bytes += size;
  }
  yield chunk;
}
