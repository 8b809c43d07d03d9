/** Lists of jobs. The cursor is the number of the last job seen: numbers only grow, so pages neither repeat nor miss a job. */
import { AnnealError, type Job } from '@anneal/schemas';
import type { JobFilter, Page } from '../../ports/job-store.ts';
import type { Database } from './database.ts';
import { type JobRow, jobOf } from './rows.ts';

export type Search = ReturnType<typeof searchOf>;

export function searchOf(database: Database) {
  const queued = database.prepare("SELECT * FROM jobs WHERE state = 'queued' ORDER BY number LIMIT ?");
  const active = database.prepare("SELECT COUNT(*) AS count FROM jobs WHERE state IN ('starting', 'running')");
  const openJobs = database.prepare(
    "SELECT COUNT(*) AS count FROM (SELECT 1 FROM jobs WHERE state IN ('queued', 'starting', 'running', 'paused') LIMIT ?)",
  );
  const lost = database.prepare(
    "SELECT * FROM jobs WHERE (state = 'running' AND lease_until < ?) OR (state = 'starting' AND state_since < ?) ORDER BY number",
  );
  const losses = database.prepare(
    `SELECT COUNT(*) AS count FROM events WHERE job = ? AND body ->> 'state' = 'queued' AND body ->> 'reason' LIKE '%' || ?`,
  );
  return {
    list(filter: JobFilter, { limit, cursor }: { limit: number; cursor?: string }): Page<Job> {
      const wheres: string[] = [];
      const values: (string | number)[] = [];
      const where = (condition: string, ...given: (string | number)[]) => {
        wheres.push(condition);
        values.push(...given);
      };
      if (filter.state) where('state = ?', filter.state);
      if (filter.kind) where('kind = ?', filter.kind);
      for (const [key, value] of Object.entries(filter.tags ?? {})) {
        where('EXISTS (SELECT 1 FROM tags WHERE tags.job = jobs.id AND key = ? AND value = ?)', key, value);
      }
      if (cursor !== undefined) where('number < ?', numberOf(cursor));
      const condition = wheres.length > 0 ? `WHERE ${wheres.join(' AND ')}` : '';
      const found = database
        .prepare(`SELECT * FROM jobs ${condition} ORDER BY number DESC LIMIT ?`)
        .all(...values, limit + 1) as unknown as JobRow[];
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items: items.map(jobOf), next: found.length > limit && last ? cursorOf(last.number) : null };
    },
    queued: (limit: number): Job[] => (queued.all(limit) as unknown as JobRow[]).map(jobOf),
    active: (): number => (active.get() as { count: number }).count,
    openJobs: (atMost: number): number => (openJobs.get(atMost) as { count: number }).count,
    /** How often the job came back into the queue for a reason that ends so. */
    requeued: (id: string, reason: string): number => (losses.get(id, reason) as { count: number }).count,
    /** Running jobs whose lease ran out before `now`, and jobs that have been starting since before `startedBefore`. */
    lost: (now: number, startedBefore: number): JobRow[] => lost.all(now, startedBefore) as unknown as JobRow[],
  };
}

const cursorOf = (number: number): string => Buffer.from(`n${number}`).toString('base64url');

function numberOf(cursor: string): number {
  const match = /^n(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!match)
    throw new AnnealError(
      'invalid_request',
      `cursor: '${cursor.slice(0, 40)}' did not come from an earlier page`,
      'cursor',
    );
  return Number(match[1]);
}
