/**
 * A service to be asked anything: as `anneal serve` runs it, with one job that has been trained. No runner takes what is submitted; jobs are
 * cancelled instead, so that streams of events end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '@anneal/api/node.ts';
import { Anneal } from '../../../sdk/index.ts';
import { spirals } from '../../e2e/spirals.ts';

export interface FuzzService {
  readonly url: string;
  readonly token: string;
  /** Of a job that has succeeded. */
  readonly jobId: string;
  /** What the service could tell no client: errors of its own. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Milliseconds between two looks for jobs to cancel. */
const EVERY = 100;

export async function openFuzzService(): Promise<FuzzService> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-fuzz-'));
  const jobId = await trainedJob(folder);
  const errors: string[] = [];
  const service = await serve({
    ...{ folder, port: 0, concurrency: 0 },
    onError: (error, request) => errors.push(`${request}: ${error instanceof Error ? error.stack : error}`),
  });
  const client = new Anneal({ baseUrl: service.url, token: service.token });
  const closing = new AbortController();
  const cancelling = cancelAll(client, closing.signal);
  return {
    ...{ url: service.url, token: service.token, jobId, errors },
    async close() {
      closing.abort();
      await cancelling;
      await service.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function trainedJob(folder: string): Promise<string> {
  const { url, token, close } = await serve({ folder, port: 0 });
  const { jobs } = new Anneal({ baseUrl: url, token });
  const { id, state, error } = await jobs.wait(await jobs.create(spirals(10)));
  await close();
  if (state !== 'succeeded') throw new Error(`the job to look at has ${state}: ${error?.message}`);
  return id;
}

async function cancelAll({ jobs }: Anneal, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const state of ['queued', 'paused'] as const) {
      const { items } = await jobs.list({ state, limit: 200 });
      // Another request may have been faster.
      for (const { id } of items) await jobs.cancel(id).catch(() => undefined);
    }
    await pause(EVERY);
  }
}
