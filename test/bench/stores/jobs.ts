/** Submitting and listing, as one row of a table. */
import type { JobStore } from '@anneal/core';
import { anySpec } from '../../contracts/spec.ts';

const CLIENTS = 32;
const LISTS = 1000;

export async function jobRows(name: string, store: JobStore, jobs: number): Promise<string> {
  const start = performance.now();
  const submitted = await timed(jobs, async (i) => {
    await store.create({ spec: anySpec({ team: `team-${i % 10}` }), idempotency: { key: `key ${i}`, bodyHash: 'a' } });
  });
  const rate = (jobs / (performance.now() - start)) * 1000;
  const listed = await timed(LISTS, async () => void (await store.list({}, { limit: 20 })));
  const filtered = await timed(
    LISTS,
    async (i) => void (await store.list({ state: 'queued', tags: { team: `team-${i % 10}` } }, { limit: 20 })),
  );
  await store.close();
  const cells = [submitted, listed, filtered].map((times) => `${at(times, 0.5)} | ${at(times, 0.99)}`);
  return `| ${jobs} in ${name} | ${rate.toFixed(0)} | ${cells.join(' | ')} |`;
}

/** Milliseconds of each call, sorted; so many clients call one after another. */
async function timed(calls: number, call: (i: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let i = next++; i < calls; i = next++) {
      const start = performance.now();
      await call(i);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return times.sort((a, b) => a - b);
}

const at = (times: readonly number[], share: number): string =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
