/** What the contract of the JobStore works with: stores that are made for each check, and a job's usual moves. */
import { test } from 'node:test';
import type { JobStore, Lease } from '@anneal/core';
import type { AnnealError, ErrorCode, EventBody } from '@anneal/schemas';
import { anySpec } from './spec.ts';

export interface Made {
  readonly store: JobStore;
  /** Another connection to the same jobs, as another process has. */
  again(): Promise<JobStore>;
  clock: { now: number };
}

export const TTL = 1000;
export const notice = (message: string): EventBody => ({ type: 'notice', level: 'info', message });
export const code = (expected: ErrorCode) => (error: AnnealError) => error.code === expected;

export type Make = () => Promise<Made>;

/** A test with a store of its own. */
export const checkOf = (name: string, make: Make) => (what: string, body: (made: Made) => Promise<void>) =>
  test(`${name}: ${what}`, async () => {
    const made = await make();
    try {
      await body(made);
    } finally {
      await made.store.close();
    }
  });

export const submit = async (store: JobStore, tags = {}) => (await store.create({ spec: anySpec(tags) })).job;
export const start = async (store: JobStore, id: string): Promise<Lease> => {
  await store.transition(id, ['queued'], 'starting');
  return store.claim(id, 'runner-1', TTL);
};
export const states = async (store: JobStore, id: string) =>
  (await store.readEvents(id, 0, 100)).flatMap(({ body }) => (body.type === 'state' ? [body.state] : []));
