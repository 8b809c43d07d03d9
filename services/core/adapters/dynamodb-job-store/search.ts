/** Lists of jobs, by the narrowest index that fits; the rest of a filter is applied to what the index holds. */
import { AnnealError, type Job, type JobState } from '@anneal/schemas';
import type { JobFilter, Page } from '../../ports/job-store.ts';
import { isIn, type JobItem, jobOf, progressOf, shortOf, specOf } from './items.ts';
import type { Keys } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Pages of an index that one call reads; what it has not found by then is for the next call. */
const MOST_READS = 20;
/** Entries of an index that are looked at first where a filter may drop some; each further look is twice as wide, up to 1 MB. */
const FIRST_LOOK = 100;
const WIDEST_LOOK = 5000;

/** States of jobs that have not ended; the fullest first. */
const OPEN: readonly JobState[] = ['queued', 'running', 'paused', 'starting'];

export function searchOf(table: Table, keys: Keys) {
  /** Ids of an index in their order, at most `limit`; `last` is where to go on. */
  async function ids(
    pk: string,
    { limit, newest, after, filter = {} }: { limit: number; newest: boolean; after?: string; filter?: JobFilter },
  ): Promise<{ found: string[]; last: string | null }> {
    const found: string[] = [];
    const { expression, names, values } = filterOf(filter);
    let last = after ?? null;
    for (let reads = 0; reads < MOST_READS; reads++) {
      const missing = limit - found.length;
      const { Items = [], LastEvaluatedKey } = await table.query({
        KeyConditionExpression: `pk = :pk${last === null ? '' : ` AND sk ${newest ? '<' : '>'} :last`}`,
        ExpressionAttributeValues: { ':pk': pk, ...(last !== null && { ':last': last }), ...values },
        ...(expression && { FilterExpression: expression, ExpressionAttributeNames: names }),
        Limit: expression ? Math.min(FIRST_LOOK * 2 ** reads, WIDEST_LOOK) : missing,
        ProjectionExpression: 'sk',
        ScanIndexForward: !newest,
      });
      const taken = Items.slice(0, missing).map(({ sk }) => sk as string);
      found.push(...taken);
      if (found.length === limit) return { found, last: found.at(-1)! };
      if (!LastEvaluatedKey) return { found, last: null };
      last = LastEvaluatedKey.sk as string;
    }
    return { found, last };
  }

  /** Whole jobs by their ids, in that order. */
  async function jobs(wanted: readonly string[]): Promise<Job[]> {
    const items = await table.items(wanted.flatMap((id) => [keys.job(id), keys.spec(id)]));
    const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
    const at = ({ pk, sk }: { pk: string; sk: string }): Item | undefined => byKey.get(`${pk} ${sk}`);
    return wanted.flatMap((id) => {
      const [item, spec] = [at(keys.job(id)) as JobItem | undefined, at(keys.spec(id))];
      return item && spec ? [jobOf(shortOf(item), specOf(spec), progressOf(item))] : [];
    });
  }

  /** Jobs in a state; no more are counted than `atMost`. */
  async function count(state: JobState, atMost = Number.POSITIVE_INFINITY): Promise<number> {
    let total = 0;
    let after: Item | undefined;
    do {
      const { Count = 0, LastEvaluatedKey } = await table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.state(state) },
        Select: 'COUNT',
        ...(atMost !== Number.POSITIVE_INFINITY && { Limit: atMost - total }),
        ...(after && { ExclusiveStartKey: after }),
      });
      total += Count;
      after = LastEvaluatedKey;
    } while (after && total < atMost);
    return total;
  }

  return {
    async list(filter: JobFilter, { limit, cursor }: { limit: number; cursor?: string }): Promise<Page<Job>> {
      const after = cursor === undefined ? {} : { after: idOf(cursor) };
      const { found, last } = await ids(indexFor(filter, keys), { limit: limit + 1, newest: true, filter, ...after });
      const shown = found.slice(0, limit);
      const items = await jobs(shown);
      const next = found.length > limit ? shown.at(-1)! : last;
      return {
        // One that has left the state meanwhile is in the index of another.
        items: filter.state ? items.filter(({ state }) => state === filter.state) : items,
        next: next === null ? null : cursorOf(next),
      };
    },

    async queued(limit: number): Promise<Job[]> {
      const { found } = await ids(keys.state('queued'), { limit, newest: false });
      return (await jobs(found)).filter(({ state }) => state === 'queued');
    },

    active: async (): Promise<number> => {
      const counts = await Promise.all([count('starting'), count('running')]);
      return counts.reduce((sum, one) => sum + one, 0);
    },

    async openJobs(atMost: number): Promise<number> {
      let total = 0;
      for (const state of OPEN) if (total < atMost) total += await count(state, atMost - total);
      return total;
    },

    /** The items of all jobs in these states, without their specs. */
    async itemsIn(states: readonly JobState[]): Promise<JobItem[]> {
      const wanted: string[] = [];
      for (const state of states) {
        for (let after: string | null | undefined; after !== null; ) {
          const page = await ids(keys.state(state), {
            limit: 1000,
            newest: false,
            ...(after !== undefined && { after }),
          });
          wanted.push(...page.found);
          after = page.last;
        }
      }
      const items = (await table.items([...new Set(wanted)].map((id) => keys.job(id)))) as JobItem[];
      return items.filter((item) => isIn(item, states)).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

/** The state's, if one is asked for: it changes, so no other index tells it. Else that of a tag, of which there are most. */
function indexFor({ state, kind, tags }: JobFilter, keys: Keys): string {
  const [tag] = Object.entries(tags ?? {});
  if (state) return keys.state(state);
  if (tag) return keys.tag(...tag);
  return kind ? keys.kind(kind) : keys.all;
}

/** What the index itself does not say. */
function filterOf({ kind, tags }: JobFilter) {
  const parts: string[] = [];
  const names: Record<string, string> = {};
  const values: Record<string, string> = {};
  if (kind) {
    parts.push('#kind = :kind');
    names['#kind'] = 'kind';
    values[':kind'] = kind;
  }
  for (const [i, [key, value]] of Object.entries(tags ?? {}).entries()) {
    parts.push(`#tags.#t${i} = :t${i}`);
    Object.assign(names, { '#tags': 'tags', [`#t${i}`]: key });
    values[`:t${i}`] = value;
  }
  return { expression: parts.join(' AND '), names, values };
}

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

function idOf(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (/^job_[0-9a-z]{26}$/.test(id)) return id;
  throw new AnnealError(
    'invalid_request',
    `cursor: '${cursor.slice(0, 40)}' did not come from an earlier page`,
    'cursor',
  );
}
