/** Jobs as items. What changes has an attribute of its own, so that two writers of different things do not undo each other's. */
import type { ErrorDetail, Event, EventBody, Job, JobResult, JobState, PlanReport, Progress } from '@anneal/schemas';
import { type JobRecord, withProgress } from '../../job-record.ts';
import type { Key } from './keys.ts';
import { type Packed, pack, unpack } from './packed.ts';
import type { Item } from './table.ts';

export interface JobItem extends Pick<Job, 'id' | 'kind' | 'name' | 'tags' | 'state' | 'stopping' | 'attempt'>, Item {
  readonly pk: string;
  readonly sk: string;
  readonly plan: Packed;
  readonly progress: Packed;
  readonly result: Packed;
  readonly error: Packed;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** When it came into its state. Milliseconds. */
  readonly since: number;
  /** Number of its last event. */
  readonly seq: number;
  /** How often it was lost. */
  readonly losses: number;
  /** Of the newest lease; 0 before the first. */
  readonly token: number;
  readonly runner?: string;
  /** When the lease runs out. Milliseconds; absent unless it runs. */
  readonly until?: number;
}

const NULL = 'null';

/** The two items of a new job. */
export function newItems(record: JobRecord, at: number, keys: { job: Key; spec: Key }): [JobItem, Item] {
  const { spec, plan: _plan, result: _result, error: _error, ...rest } = record;
  const empty = { plan: NULL, progress: NULL, result: NULL, error: NULL };
  const item: JobItem = { ...keys.job, ...rest, ...empty, since: at, seq: 1, losses: 0, token: 0 };
  return [item, { ...keys.spec, spec: pack('the spec', spec) }];
}

/** The record without its spec, which most operations need not read. */
export type Short = Omit<JobRecord, 'spec'>;

export const shortOf = (item: JobItem): Short =>
  ({
    id: item.id,
    kind: item.kind,
    name: item.name,
    tags: item.tags,
    state: item.state,
    stopping: item.stopping,
    attempt: item.attempt,
    plan: unpack<PlanReport | null>(item.plan),
    result: unpack<JobResult | null>(item.result),
    error: unpack<ErrorDetail | null>(item.error),
    createdAt: item.createdAt,
    startedAt: item.startedAt,
    finishedAt: item.finishedAt,
  }) as Short;

export const specOf = (item: Item): JobRecord['spec'] => unpack(item.spec as Packed);

export const progressOf = (item: JobItem): Progress | null => unpack(item.progress);

export const jobOf = (short: Short, spec: JobRecord['spec'], progress: Progress | null): Job => {
  const { id, kind, name, tags, state, stopping, attempt, ...rest } = short;
  return withProgress({ id, kind, name, tags, state, stopping, attempt, spec, ...rest } as JobRecord, progress);
};

/** Attributes of a record after a move. */
export const movedAttributes = ({ state, stopping, attempt, startedAt, finishedAt, result, error }: Short) => ({
  ...{ state, stopping, attempt, startedAt, finishedAt },
  result: pack('the result', result),
  error: pack('the error', error),
});

/** What an index holds of a job: what lists filter by and never changes. */
export const indexItem = (
  pk: string,
  { id, kind, tags }: { id: string; kind: Job['kind']; tags: Job['tags'] },
): Item => ({
  pk,
  sk: id,
  kind,
  tags,
});

export const eventItem = (key: Key, body: EventBody, at: number): Item => ({
  ...key,
  at,
  body: pack('an event', body),
});

export const eventOf = ({ sk, at, body }: Item): Event => ({
  seq: Number(sk),
  at: new Date(at as number).toISOString(),
  body: unpack<EventBody>(body as Packed),
});

export const isIn = (item: JobItem, states: readonly JobState[]): boolean => states.includes(item.state);
