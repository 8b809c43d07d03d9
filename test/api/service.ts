/** A service on stores of its own in a temporary folder. Every answer is checked against the OpenAPI document. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, createApp, type DataFolder } from '@anneal/api';
import { ownerToken } from '@anneal/api/auth.ts';
import { createFeeds, type Feeds } from '@anneal/api/events/feed.ts';
import type { Forecasting } from '@anneal/api/services.ts';
import type { ArtifactStore, JobStore, Lease } from '@anneal/core';
import { datasetsOf } from '@anneal/core/datasets/datasets.ts';
import { openArtifactStore, openJobStore, openRecordStore } from '@anneal/core/open.ts';
import { type EventBody, type Job, validateSpec } from '@anneal/schemas';
import { assertConforms } from './conformance.ts';
import { spec } from './spec.ts';

export const TOKEN = 'test-token-of-the-service-0123456789';

export interface TestService {
  readonly app: App;
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly feeds: Feeds;
  /** Ids of the jobs that were announced. */
  readonly submitted: string[];
  readonly stopped: string[];
  readonly errors: unknown[];
  /** A request with the token, its answer checked. */
  call(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  json<T>(path: string): Promise<T>;
  close(): Promise<void>;
}

export async function openService(
  options: { data?: DataFolder; origins?: string[]; forecasting?: Forecasting } = {},
): Promise<TestService> {
  const folder = await mkdtemp(path.join(tmpdir(), 'anneal-api-'));
  const jobs = await openJobStore(`sqlite:${folder}/jobs.db`);
  const artifacts = await openArtifactStore(`file:${folder}/artifacts`);
  const records = await openRecordStore(`sqlite:${folder}/jobs.db`);
  const feeds = createFeeds(jobs, 5);
  const [submitted, stopped, errors]: [string[], string[], unknown[]] = [[], [], []];
  const app = createApp({
    authenticate: ownerToken(TOKEN, 'default'),
    tenancy: async () => ({
      ...{ jobs, artifacts, feeds, data: options.data, forecasting: options.forecasting },
      datasets: datasetsOf({ tenant: 'default', records, artifacts, jobs }),
      launcher: { log: logOf },
      onSubmitted: ({ id }) => void submitted.push(id),
      onStop: ({ id }) => void stopped.push(id),
    }),
    home: 'default',
    limits: { memoryBytes: 2 ** 32, bodyBytes: 2 ** 20 },
    version: '0.0.0-test',
    origins: options.origins,
    onError: (error) => errors.push(error),
  });
  const call = async (target: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${TOKEN}`);
    const response = await app.request(target, { ...init, headers });
    await assertConforms(init.method ?? 'GET', new URL(target, 'http://x').pathname, response);
    return response;
  };
  return {
    ...{ app, jobs, artifacts, feeds, submitted, stopped, errors, call },
    post: (target, body, headers = {}) =>
      call(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    json: async <T>(target: string) => (await (await call(target)).json()) as T,
    async close() {
      feeds.close();
      await records.close();
      await jobs.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* logOf(jobId: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(`log of ${jobId}\n`);
}

/** A queued job. */
export const newJob = async ({ jobs }: TestService): Promise<Job> => {
  const { job } = await jobs.create({ spec: validateSpec(spec(), { memoryBytes: 2 ** 40 }).spec });
  return job;
};

/** Makes a queued job run, as a runner would. */
export async function startJob({ jobs }: TestService, id: string): Promise<Lease> {
  await jobs.transition(id, ['queued'], 'starting');
  return jobs.claim(id, 'test-runner', 60_000);
}

/** Stores an artifact of a running job and announces it, as a runner would. */
export async function putArtifact(
  { jobs, artifacts }: TestService,
  lease: Lease,
  name: string,
  bytes: Uint8Array,
  contentType = 'application/octet-stream',
): Promise<void> {
  const key = `jobs/${lease.jobId}/${lease.attempt}/${name}`;
  const { size, sha256 } = await artifacts.putIfAbsent(key, bytes, contentType);
  const artifact = { name, size, sha256, contentType, attempt: lease.attempt };
  await jobs.appendEvents(lease.jobId, [{ type: 'artifact', artifact }], lease);
}

export const emit = ({ jobs }: TestService, lease: Lease, ...bodies: EventBody[]): Promise<number> =>
  jobs.appendEvents(lease.jobId, bodies, lease);

export const finish = ({ jobs }: TestService, lease: Lease): Promise<Job> =>
  jobs.transition(lease.jobId, ['running'], 'succeeded', { lease });
