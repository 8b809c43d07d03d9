/** Jobs as rows: the record is the job's JSON, the columns beside it are what queries and leases need. */
import type { Event, EventBody, Job, JobState, Progress } from '@anneal/schemas';
import { AnnealError } from '@anneal/schemas';
import type { Lease } from '../../ports/job-store.ts';
import type { Database } from './database.ts';

export interface JobRow {
  readonly id: string;
  readonly number: number;
  readonly state: JobState;
  readonly record: string;
  readonly progress: string | null;
  readonly state_since: number;
  readonly lease_token: number;
  readonly lease_until: number | null;
}

/** What changes rarely; progress lies in its own column. */
export type JobRecord = Omit<Job, 'progress'>;

/** A record's spec and result are of its kind, which the type of the record doesn't tell. */
export const withProgress = (record: JobRecord, progress: Progress | null): Job => ({ ...record, progress }) as Job;

export const jobOf = (row: JobRow): Job =>
  withProgress(
    JSON.parse(row.record) as JobRecord,
    row.progress === null ? null : (JSON.parse(row.progress) as Progress),
  );

export type Rows = ReturnType<typeof prepareRows>;

/** The statements that several operations share. */
export function prepareRows(database: Database) {
  const byId = database.prepare('SELECT * FROM jobs WHERE id = ?');
  const save = database.prepare('UPDATE jobs SET state = ?, record = ?, state_since = ? WHERE id = ?');
  const lastSeq = database.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM events WHERE job = ?');
  const addEvent = database.prepare('INSERT INTO events (job, seq, at, body) VALUES (?, ?, ?, ?)');
  const events = database.prepare('SELECT seq, at, body FROM events WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?');
  return {
    /** @throws AnnealError not_found */
    get(id: string): JobRow {
      const row = byId.get(id) as JobRow | undefined;
      if (!row) throw new AnnealError('not_found', `there is no job '${id}'`);
      return row;
    },
    /** @throws AnnealError lease_lost if the lease is not the job's newest */
    checkLease(row: JobRow, lease: Lease | undefined): void {
      if (!lease) return;
      if (lease.jobId === row.id && lease.token === row.lease_token && row.state === 'running') return;
      throw new AnnealError(
        'lease_lost',
        `the lease of ${lease.jobId} was lost: ${row.id} is ${row.state}, attempt ${lease.attempt} is over`,
      );
    },
    save(record: JobRecord, since: number): void {
      save.run(record.state, JSON.stringify(record), since, record.id);
    },
    append(id: string, bodies: readonly EventBody[], at: number): number {
      let { seq } = lastSeq.get(id) as { seq: number };
      for (const body of bodies) addEvent.run(id, ++seq, at, JSON.stringify(body));
      return seq;
    },
    events(id: string, after: number, limit: number): Event[] {
      const found = events.all(id, after, limit) as { seq: number; at: number; body: string }[];
      return found.map(({ seq, at, body }) => ({
        seq,
        at: new Date(at).toISOString(),
        body: JSON.parse(body) as EventBody,
      }));
    },
  };
}
