/**
 * The jobs in one DynamoDB table, which the service and every runner use at once. `keys.ts` has its design. A job's item says what state
 * it is in, which lease is good and which event was the last; whoever changes one of these does it on condition that they are as he
 * read them, in one transaction with the event and the place in the index, and else reads again.
 */
import { AnnealError } from '@anneal/schemas';
import { growingJobIds } from '../../ids.ts';
import { checkLastEvent, checkLease, checkStoppable, onlyByClaim } from '../../lease.ts';
import { ACTIVE } from '../../lost-attempts.ts';
import type { JobStore } from '../../ports/job-store.ts';
import { create, madeBefore } from './create.ts';
import { eventsOf } from './events.ts';
import { update } from './expressions.ts';
import { jobOf, progressOf, shortOf } from './items.ts';
import { jobsOf } from './jobs.ts';
import { keysOf } from './keys.ts';
import { openTable, type TableClient } from './open.ts';
import { pack } from './packed.ts';
import { reapLost } from './reap.ts';
import { searchOf } from './search.ts';

export interface DynamodbJobStoreOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Settings of the client over those of the store, or a client; the store closes it. */
  readonly client?: TableClient;
  /** False: the table is taken to be there, which spares a request. */
  readonly check?: boolean;
}

/** Opens the store at `TABLE?tenant=…&pace=…&region=…&endpoint=…`; the table must be there.
 *  @throws AnnealError invalid_request for an address that is none, store_unavailable if the table can't be reached, conflict if it is
 *  of another program */
export async function dynamodbJobStore(
  rest: string,
  { now = Date.now, client: settings, check }: DynamodbJobStoreOptions = {},
): Promise<JobStore> {
  const { client, table, tenant, pace } = await openTable(rest, settings, check);
  const keys = keysOf(tenant);
  const jobs = jobsOf(table, keys);
  const search = searchOf(table, keys);
  const events = eventsOf(table, keys, jobs, now);
  const newId = growingJobIds();

  return {
    paceMilliseconds: pace,
    create: (job) => create({ table, keys, jobs, newId }, job, now()),
    madeBefore: (idempotency) => madeBefore({ table, keys, jobs }, idempotency, now()),
    get: async (id) => jobs.whole(await jobs.find(id)),
    list: (filter, page) => search.list(filter, page),
    queued: (limit) => search.queued(limit),
    active: () => search.active(),
    openJobs: (atMost) => search.openJobs(atMost),

    transition: (id, from, to, { reason = null, change, lease, lastEvent } = {}) =>
      jobs.insist(id, (found) => {
        checkLease(found.item, lease);
        checkLastEvent(id, found.item.seq, lastEvent);
        if (to === 'running') throw onlyByClaim(id, found.item.state);
        return jobs.move(found, from, now(), { to, reason, change });
      }),

    requestStop: (id, stopping) =>
      jobs.insist(id, async ({ item, spec }) => {
        checkStoppable(id, item.state, stopping);
        const set = update({ stopping }, { state: item.state, token: item.token });
        if (!(await table.update({ Key: keys.job(id), ...set }))) return undefined;
        return jobOf({ ...shortOf(item), stopping }, spec, progressOf(item));
      }),

    claim: (id, runner, ttlMilliseconds) =>
      jobs.insist(id, async (found) => {
        const at = now();
        const reason = `a runner has taken it: ${runner}`;
        const lease = { runner, until: at + ttlMilliseconds };
        const job = await jobs.move(found, ['starting'], at, { to: 'running', reason, lease });
        return job && { jobId: id, token: found.item.token + 1, attempt: job.attempt };
      }),

    async heartbeat(lease, ttlMilliseconds, { progress, plan } = {}) {
      const set = {
        until: now() + ttlMilliseconds,
        ...(progress && { progress: pack('the progress', progress) }),
        ...(plan && { plan: pack('the plan', plan) }),
      };
      const where = { token: lease.token, state: 'running' };
      const input = { Key: keys.job(lease.jobId), ...update(set, where) };
      // One that comes later than the lease lives is worth nothing.
      const item = await table.update(input, AbortSignal.timeout(ttlMilliseconds));
      if (item) return { stopping: item.stopping as 'cancel' | 'pause' | null };
      checkLease(await jobs.short(lease.jobId), lease);
      throw new AnnealError('store_unavailable', `${lease.jobId} changed while it was told of a heartbeat`);
    },

    appendEvents: (id, bodies, lease) => events.append(id, bodies, lease),
    readEvents: (id, after, limit) => events.read(id, after, limit),

    async reapLost(limits) {
      const lost = reapLost(await search.itemsIn(ACTIVE), now(), limits);
      const moved = await Promise.all(lost.map((one) => jobs.moveLost(one, now())));
      return moved.flatMap((job) => job ?? []);
    },

    close: async () => client.destroy(),
  };
}
