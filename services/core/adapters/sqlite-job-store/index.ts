/** The jobs in one SQLite file, which the service and every runner open at once. Every change is one immediate transaction. */
import type { Job, JobState } from '@anneal/schemas';
import { newJobId } from '../../ids.ts';
import { type JobRecord, movedRecord, newRecord, withProgress } from '../../job-record.ts';
import { checkLastEvent, checkStoppable, KEY_MILLISECONDS, keyTaken, onlyByClaim } from '../../lease.ts';
import type { Idempotency, JobChange, JobFilter, JobStore, Lease, NewJob, Page } from '../../ports/job-store.ts';
import { checkMove } from '../../state-machine.ts';
import { openDatabase, transaction, translating } from './database.ts';
import { reapLost } from './reap.ts';
import { type JobRow, jobOf, prepareRows } from './rows.ts';
import { searchOf } from './search.ts';

export interface SqliteJobStoreOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long to wait for another process before `store_unavailable`. */
  readonly busyMilliseconds?: number;
}

export function sqliteJobStore(
  file: string,
  { now = Date.now, busyMilliseconds }: SqliteJobStoreOptions = {},
): JobStore {
  const database = openDatabase(file, busyMilliseconds);
  const rows = prepareRows(database);
  const search = searchOf(database);
  const insertJob = database.prepare(
    "INSERT INTO jobs (id, number, kind, state, record, state_since) VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 FROM jobs), ?, 'queued', ?, ?)",
  );
  const insertTag = database.prepare('INSERT INTO tags (job, key, value) VALUES (?, ?, ?)');
  const findKey = database.prepare('SELECT body_hash, job FROM idempotency WHERE key = ?');
  const insertKey = database.prepare('INSERT INTO idempotency (key, body_hash, job, at) VALUES (?, ?, ?, ?)');
  const dropKeys = database.prepare('DELETE FROM idempotency WHERE at < ?');
  const takeLease = database.prepare(
    'UPDATE jobs SET lease_token = ?, lease_runner = ?, lease_until = ?, progress = NULL WHERE id = ?',
  );
  const prolong = database.prepare('UPDATE jobs SET lease_until = ?, progress = COALESCE(?, progress) WHERE id = ?');
  const dropLease = database.prepare('UPDATE jobs SET lease_until = NULL, lease_runner = NULL WHERE id = ?');

  function madeBefore({ key, bodyHash }: Idempotency): Job | undefined {
    dropKeys.run(now() - KEY_MILLISECONDS);
    const known = findKey.get(key) as { body_hash: string; job: string } | undefined;
    if (known && known.body_hash !== bodyHash) throw keyTaken(key, known.job);
    return known && jobOf(rows.get(known.job));
  }

  function create({ spec, idempotency }: NewJob): { job: Job; created: boolean } {
    const at = now();
    const known = idempotency && madeBefore(idempotency);
    if (known) return { job: known, created: false };
    const record = newRecord(newJobId(at), spec, at);
    insertJob.run(record.id, record.kind, JSON.stringify(record), at);
    for (const [key, value] of Object.entries(record.tags)) insertTag.run(record.id, key, value);
    if (idempotency) insertKey.run(idempotency.key, idempotency.bodyHash, record.id, at);
    rows.append(record.id, [{ type: 'state', state: 'queued', reason: null, error: null }], at);
    return { job: withProgress(record, null), created: true };
  }

  /** Inside a transaction. */
  function move(
    row: JobRow,
    from: readonly JobState[],
    to: JobState,
    reason: string | null,
    change: JobChange = {},
  ): Job {
    checkMove(row.id, row.state, from, to);
    const at = now();
    const before = JSON.parse(row.record) as JobRecord;
    const record = movedRecord(before, to, at, change);
    rows.save(record, at);
    if (row.state === 'running') dropLease.run(row.id);
    rows.append(row.id, [{ type: 'state', state: to, reason, error: record.error }], at);
    return withProgress(record, jobOf(row).progress);
  }

  return {
    create: async (job) => transaction(database, () => create(job)),
    madeBefore: async (idempotency) => transaction(database, () => madeBefore(idempotency)),
    get: async (id) => translating(() => jobOf(rows.get(id))),
    list: async (filter: JobFilter, page): Promise<Page<Job>> => translating(() => search.list(filter, page)),
    queued: async (limit) => translating(() => search.queued(limit)),
    active: async () => translating(() => search.active()),
    openJobs: async (atMost) => translating(() => search.openJobs(atMost)),

    transition: async (id, from, to, { reason = null, change, lease, lastEvent } = {}) =>
      transaction(database, () => {
        const row = rows.get(id);
        rows.checkLease(row, lease);
        checkLastEvent(id, rows.lastSeq(id), lastEvent);
        if (to === 'running') throw onlyByClaim(id, row.state);
        return move(row, from, to, reason, change);
      }),

    requestStop: async (id, stopping) =>
      transaction(database, () => {
        const row = rows.get(id);
        checkStoppable(id, row.state, stopping);
        const record: JobRecord = { ...(JSON.parse(row.record) as JobRecord), stopping };
        rows.save(record, row.state_since);
        return withProgress(record, jobOf(row).progress);
      }),

    claim: async (id, runnerId, ttlMilliseconds): Promise<Lease> =>
      transaction(database, () => {
        const row = rows.get(id);
        const job = move(row, ['starting'], 'running', `a runner has taken it: ${runnerId}`);
        const token = row.lease_token + 1;
        takeLease.run(token, runnerId, now() + ttlMilliseconds, id);
        return { jobId: id, token, attempt: job.attempt };
      }),

    heartbeat: async (lease, ttlMilliseconds, update = {}) =>
      transaction(database, () => {
        const row = rows.get(lease.jobId);
        rows.checkLease(row, lease);
        prolong.run(now() + ttlMilliseconds, update.progress ? JSON.stringify(update.progress) : null, lease.jobId);
        const record = JSON.parse(row.record) as JobRecord;
        if (update.plan) rows.save({ ...record, plan: update.plan }, row.state_since);
        return { stopping: record.stopping };
      }),

    appendEvents: async (id, bodies, lease) =>
      transaction(database, () => {
        const row = rows.get(id);
        rows.checkLease(row, lease);
        return rows.append(id, bodies, now());
      }),

    readEvents: async (id, after, limit) => translating(() => rows.events(id, after, limit)),
    reapLost: async (options) => transaction(database, () => reapLost(search, now(), options, move)),
    changes: {
      last: async () => translating(() => rows.lastChange()),
      after: async (number, limit) => translating(() => rows.changes(number, limit)),
    },
    close: async () => database.close(),
  };
}
