/**
 * Keys of the one table. Everything of a tenant begins with its name, so that a policy can bind a role to it (dynamodb:LeadingKeys).
 *
 *   pk                             sk            what
 *   TENANT#job#ID                  job           state, lease, progress, result: all that changes
 *   TENANT#job#ID                  spec          the spec, which never does
 *   TENANT#events#ID#BLOCK         SEQ           one event; a block is 1024 of them
 *   TENANT#key#SHA-256             key           an idempotency key, gone by its `ttl`
 *   TENANT#jobs                    ID            index of all jobs
 *   TENANT#kind#KIND               ID            index of a kind
 *   TENANT#state#STATE             ID            index of a state: written in the transaction of the move
 *   TENANT#tag#LENGTH#KEY#VALUE    ID            index of a tag
 *   TENANT#record#COLLECTION       ID            webhooks, data sets, launches; API keys without a tenant (dynamodb-record-store)
 *   TENANT#rate                    WINDOW        requests of a window, gone by its `ttl` (dynamodb-rate-limiter)
 *
 * Ids grow with time, so each index is in the order of submission. The indexes are items of the table and not global secondary
 * indexes, since those lag: a job would be missing from a list just after its submission, and the scheduler would count wrongly.
 * docs/deploy-aws.md tells what each partition bears.
 */
import { createHash } from 'node:crypto';
import type { JobKind, JobState } from '@anneal/schemas';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Attributes of the table's primary key, both text, and the one that says when an item may go. */
export const SHAPE = { partition: 'pk', sort: 'sk', ttl: 'ttl' } as const;

/** Events in a partition. */
export const BLOCK = 1024;

export const blockOf = (seq: number): number => Math.floor(seq / BLOCK);

/** As long for every number, so that they sort. */
const digits = (seq: number): string => String(seq).padStart(12, '0');

export const keysOf = (tenant: string) => ({
  job: (id: string): Key => ({ pk: `${tenant}#job#${id}`, sk: 'job' }),
  spec: (id: string): Key => ({ pk: `${tenant}#job#${id}`, sk: 'spec' }),
  event: (id: string, seq: number): Key => ({ pk: `${tenant}#events#${id}#${blockOf(seq)}`, sk: digits(seq) }),
  idempotency: (key: string): Key => ({
    pk: `${tenant}#key#${createHash('sha256').update(key).digest('hex')}`,
    sk: 'key',
  }),
  /** Partitions of the indexes; the sort key is the job's id. */
  all: `${tenant}#jobs`,
  kind: (kind: JobKind): string => `${tenant}#kind#${kind}`,
  state: (state: JobState): string => `${tenant}#state#${state}`,
  tag: (key: string, value: string): string => `${tenant}#tag#${key.length}#${key}#${value}`,
});

/** Whose event lies in a partition; undefined for a partition of another kind. */
export function ownerOfEvents(pk: string): { tenant: string; jobId: string } | undefined {
  const [, tenant, jobId] = /^([A-Za-z0-9_-]{1,64})#events#(job_[0-9a-z]+)#\d+$/.exec(pk) ?? [];
  return tenant === undefined || jobId === undefined ? undefined : { tenant, jobId };
}

export type Keys = ReturnType<typeof keysOf>;
