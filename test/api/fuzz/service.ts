/**
 * A service to be asked anything: as `anneal serve` runs it, or the function of Lambda; with one job that has been trained. No runner takes
 * what is submitted; jobs are cancelled instead, so that streams of events end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServeOptions, serve } from '@anneal/api/node.ts';
import { Anneal } from '../../../sdk/index.ts';
import { spirals } from '../../e2e/spirals.ts';
import { lambdaPlace } from '../../stand-ins/lambda-place.ts';

export interface FuzzService {
  readonly url: string;
  readonly token: string;
  /** Of a job that has succeeded. */
  readonly jobId: string;
  /** What the service could tell no client: errors of its own. */
  errors(): readonly string[];
  stop(): Promise<void>;
}

const TENANT = 'fuzz';
/** Milliseconds between two looks for jobs to cancel. */
const EVERY = 100;

export async function openFuzzService(): Promise<FuzzService> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-fuzz-'));
  const jobId = await trainedJob({ folder });
  const errors: string[] = [];
  const service = await serve({
    ...{ folder, port: 0, concurrency: 0 },
    onError: (error, request) => errors.push(`${request}: ${error instanceof Error ? error.stack : error}`),
  });
  const endCancelling = cancelAll(service);
  return {
    ...{ url: service.url, token: service.token, jobId, errors: () => errors },
    async stop() {
      await endCancelling();
      await service.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** On stand-ins for Lambda, DynamoDB and S3. @throws NoStandIn */
export async function openFuzzLambda(): Promise<FuzzService> {
  const place = await lambdaPlace();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'anneal-fuzz-'));
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ANNEAL_STORE: store, ANNEAL_ARTIFACTS: artifacts } = place.env;
    // Where clients of AWS take them from, those of the runner as well.
    Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
    const of = (address?: string): string => address!.replace('{tenant}', TENANT);
    const jobId = await trainedJob({ folder, store: of(store), artifacts: of(artifacts) });
    await rm(folder, { recursive: true });
    const { url, logs } = await place.start('api', { ANNEAL_STREAM_SECONDS: '1' });
    const token = await place.key(TENANT, ['read', 'submit', 'admin']);
    const endCancelling = cancelAll({ url, token });
    return {
      ...{ url, token, jobId },
      errors: () =>
        logs()
          .split('\n')
          .filter((line) => line.includes('"level":"error"')),
      async stop() {
        await endCancelling();
        await place.stop();
      },
    };
  } catch (error) {
    await place.stop();
    throw error;
  }
}

async function trainedJob(where: Pick<ServeOptions, 'folder' | 'store' | 'artifacts'>): Promise<string> {
  const { url, token, close } = await serve({ ...where, port: 0 });
  const { jobs } = new Anneal({ baseUrl: url, token });
  const { id, state, error } = await jobs.wait(await jobs.create(spirals(10)));
  await close();
  if (state !== 'succeeded') throw new Error(`the job to look at has ${state}: ${error?.message}`);
  return id;
}

/** Returns what ends it. */
function cancelAll({ url, token }: Pick<FuzzService, 'url' | 'token'>): () => Promise<void> {
  const closing = new AbortController();
  const cancelling = cancelUntil(closing.signal, new Anneal({ baseUrl: url, token }));
  return () => {
    closing.abort();
    return cancelling;
  };
}

async function cancelUntil(signal: AbortSignal, { jobs }: Anneal): Promise<void> {
  while (!signal.aborted) {
    for (const state of ['queued', 'paused'] as const) {
      const { items } = await jobs.list({ state, limit: 200 });
      // Another request may have been faster.
      for (const { id } of items) await jobs.cancel(id).catch(() => undefined);
    }
    await pause(EVERY);
  }
}
