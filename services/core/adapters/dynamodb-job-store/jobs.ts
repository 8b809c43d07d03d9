/** Reading and moving single jobs. */
import type { Job, JobState } from '@anneal/schemas';
import { movedRecord } from '../../job-record.ts';
import { noSuchJob } from '../../lease.ts';
import { ACTIVE, TRIED_AGAIN } from '../../lost-attempts.ts';
import type { JobChange } from '../../ports/job-store.ts';
import { checkMove } from '../../state-machine.ts';
import { update } from './expressions.ts';
import { eventItem, indexItem, type JobItem, jobOf, movedAttributes, progressOf, shortOf, specOf } from './items.ts';
import type { Keys } from './keys.ts';
import type { LostJob } from './reap.ts';
import { type Action, type Item, type Table, waitBusy } from './table.ts';

export interface Found {
  readonly item: JobItem;
  readonly spec: Job['spec'];
}

export interface Move {
  readonly to: JobState;
  readonly reason: string | null;
  readonly change?: JobChange | undefined;
  /** Set with it: the new lease. */
  readonly lease?: { readonly runner: string; readonly until: number };
  /** Attributes that must be as they were read, besides state, lease and events. */
  readonly unchanged?: readonly ('stopping' | 'until')[];
}

export type Jobs = ReturnType<typeof jobsOf>;

export function jobsOf(table: Table, keys: Keys) {
  async function short(id: string): Promise<JobItem> {
    const item = await table.get(keys.job(id));
    if (!item) throw noSuchJob(id);
    return item as JobItem;
  }

  async function find(id: string): Promise<Found> {
    const { Items = [] } = await table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.job(id).pk },
    });
    const [item, spec] = ['job', 'spec'].map((sk) => Items.find((one) => one.sk === sk));
    if (!item || !spec) throw noSuchJob(id);
    return { item: item as JobItem, spec: specOf(spec) };
  }

  /** Moves a job from where it was read, with its event, and in the index of states. Undefined if it has changed since. */
  async function move(
    { item, spec }: Found,
    from: readonly JobState[],
    at: number,
    to: Move,
  ): Promise<Job | undefined> {
    checkMove(item.id, item.state, from, to.to);
    const after = movedRecord(shortOf(item), to.to, at, to.change ?? {});
    const lost = to.to === 'queued' && to.reason?.endsWith(TRIED_AGAIN) === true;
    const seq = item.seq + 1;
    const set: Item = { ...movedAttributes(after), since: at, seq, losses: item.losses + (lost ? 1 : 0) };
    if (to.lease) Object.assign(set, { ...to.lease, token: item.token + 1, progress: 'null' });
    const where: Item = { state: item.state, token: item.token, seq: item.seq };
    for (const name of to.unchanged ?? []) where[name] = item[name];
    const expression = update(set, where, to.lease ? [] : ['runner', 'until']);
    const event = { type: 'state', state: to.to, reason: to.reason, error: after.error } as const;
    const actions: Action[] = [
      { Update: { Key: keys.job(item.id), ...expression } },
      { Put: { Item: eventItem(keys.event(item.id, seq), event, at) } },
      { Delete: { Key: { pk: keys.state(item.state), sk: item.id } } },
      { Put: { Item: indexItem(keys.state(to.to), item) } },
    ];
    const done = await table.write(actions);
    return done ? jobOf(after, spec, to.lease ? null : progressOf(item)) : undefined;
  }

  /** Reads a job and does something with it, again and again while others change it in between. */
  async function insist<T>(id: string, attempt: (found: Found) => Promise<T | undefined>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const result = await attempt(await find(id));
      if (result !== undefined) return result;
      await waitBusy(tries, table.name);
    }
  }

  return {
    short,
    find,
    move,
    insist,
    whole: ({ item, spec }: Found): Job => jobOf(shortOf(item), spec, progressOf(item)),

    /** Undefined if its runner was heard of meanwhile, it was asked to stop, or another caller was faster. */
    async moveLost({ item, fate }: LostJob, at: number): Promise<Job | undefined> {
      const { spec } = await find(item.id);
      return move({ item, spec }, ACTIVE, at, { ...fate, unchanged: ['stopping', 'until'] });
    },
  };
}
