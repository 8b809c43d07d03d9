/** Jobs as rows: the record is the job's JSON, the columns beside it are what queries and leases need. */
import type { Event, EventBody, Job, JobState, Progress } from '@anneal/schemas';
import { type JobRecord, withProgress } from '../../job-record.ts';
import { checkLease, noSuchJob } from '../../lease.ts';
import type { Change, Lease } from '../../ports/job-store.ts';
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

export const jobOf = (row: JobRow): Job =>
  withProgress(
    JSON.parse(row.record) as JobRecord,
    row.progress === null ? null : (JSON.parse(row.progress) as Progress),
  );

/** Moves of jobs that are kept for who follows them. */
const CHANGES_KEPT = 10_000;

export type Rows = ReturnType<typeof prepareRows>;

/** The statements that several operations share. */
export function prepareRows(database: Database) {
  const byId = database.prepare('SELECT * FROM jobs WHERE id = ?');
  const save = database.prepare('UPDATE jobs SET state = ?, record = ?, state_since = ? WHERE id = ?');
  const lastSeq = database.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM events WHERE job = ?');
  const addEvent = database.prepare('INSERT INTO events (job, seq, at, body) VALUES (?, ?, ?, ?)');
  const addChange = database.prepare('INSERT INTO changes (job, seq, at) VALUES (?, ?, ?)');
  const dropChanges = database.prepare('DELETE FROM changes WHERE number <= (SELECT MAX(number) FROM changes) - ?');
  const lastChange = database.prepare(
    "SELECT COALESCE(MAX(seq), 0) AS number FROM sqlite_sequence WHERE name = 'changes'",
  );
  const changes = database.prepare('SELECT number, job, seq FROM changes WHERE number > ? ORDER BY number LIMIT ?');
  const events = database.prepare('SELECT seq, at, body FROM events WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?');
  return {
    /** @throws AnnealError not_found */
    get(id: string): JobRow {
      const row = byId.get(id) as JobRow | undefined;
      if (!row) throw noSuchJob(id);
      return row;
    },
    /** @throws AnnealError lease_lost if the lease is not the job's newest */
    checkLease(row: JobRow, lease: Lease | undefined): void {
      checkLease({ id: row.id, state: row.state, token: row.lease_token }, lease);
    },
    save(record: JobRecord, since: number): void {
      save.run(record.state, JSON.stringify(record), since, record.id);
    },
    lastSeq: (id: string): number => (lastSeq.get(id) as { seq: number }).seq,
    append(id: string, bodies: readonly EventBody[], at: number): number {
      let { seq } = lastSeq.get(id) as { seq: number };
      for (const body of bodies) {
        addEvent.run(id, ++seq, at, JSON.stringify(body));
        if (body.type !== 'state') continue;
        addChange.run(id, seq, at);
        dropChanges.run(CHANGES_KEPT);
      }
      return seq;
    },
    lastChange: (): number => Number((lastChange.get() as { number: number }).number),
    changes(after: number, limit: number): Change[] {
      const found = changes.all(after, limit) as { number: number; job: string; seq: number }[];
      return found.map(({ number, job, seq }) => ({ number, jobId: job, seq }));
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
