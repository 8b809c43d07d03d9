/** One attempt at a job: claim it, train, write down what happens, and end it in the state it deserves. */
import { hostname } from 'node:os';
import type { ArtifactStore, JobStore, Lease } from '@anneal/core';
import { AnnealError, type ErrorDetail, type Job, type Manifest } from '@anneal/schemas';
import type { Logger } from 'pino';
import { Heartbeat } from './heartbeat.ts';
import { Journal } from './journal.ts';
import { readEarlier } from './resume.ts';
import { type Ended, Trainer } from './trainer.ts';

export interface RunJobOptions {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly jobId: string;
  /** The program of the training thread. */
  readonly trainer: URL;
  readonly log: Logger;
  /** Aborted when the machine or the user wants the runner to save and leave. */
  readonly leave: AbortSignal;
  /** Milliseconds of a lease; it is renewed three times as often. */
  readonly leaseMilliseconds?: number;
  readonly execArgv?: string[];
}

/** How the attempt ended: in a state of the job, or because the lease was lost. */
export type AttemptEnd = Job['state'] | 'lease_lost';

const LEASE = 15_000;

export async function runJob(options: RunJobOptions): Promise<AttemptEnd> {
  const { jobs, jobId, log } = options;
  const ttl = options.leaseMilliseconds ?? LEASE;
  const lease = await jobs.claim(jobId, `process ${process.pid} on ${hostname()}`, ttl);
  log.info({ attempt: lease.attempt }, 'claimed');
  try {
    return await attempt(options, lease, ttl);
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'lease_lost') {
      log.warn(error.message);
      return 'lease_lost';
    }
    log.error(error);
    const detail = error instanceof AnnealError ? error.detail() : internal(error);
    await jobs.transition(jobId, ['running'], 'failed', { lease, reason: detail.message, change: { error: detail } });
    return 'failed';
  }
}

async function attempt(
  { jobs, artifacts, jobId, trainer: entry, log, leave, execArgv }: RunJobOptions,
  lease: Lease,
  ttl: number,
): Promise<AttemptEnd> {
  const job = await jobs.get(jobId);
  const earlier = await readEarlier(jobs, artifacts, jobId);
  let broken: unknown = null;
  const breakOff = (error: unknown) => {
    broken ??= error;
    void trainer.terminate();
  };
  const journal = new Journal(jobs, artifacts, lease, earlier.artifacts, breakOff);
  const context = { jobId, attempt: lease.attempt, submittedAt: Date.parse(job.createdAt), resume: earlier.resume };
  const trainer = new Trainer(
    entry,
    job.spec,
    context,
    {
      onMessage: (message, sent) => {
        if (message.type === 'emit') journal.emit(message.body);
        else if (message.type === 'put') journal.put(message.name, message.contentType, message.bytes, sent);
        else heartbeat.report(message);
      },
    },
    execArgv,
  );
  const heartbeat = new Heartbeat(jobs, lease, ttl, (stopping) => trainer.stop(stopping), breakOff);
  journal.put('spec.json', 'application/json', json(job.spec));
  const onLeave = () => trainer.stop('leave');
  if (leave.aborted) onLeave();
  leave.addEventListener('abort', onLeave);
  if (job.stopping) trainer.stop(job.stopping);
  try {
    const ended = await trainer.ended;
    if (broken) throw broken;
    if (ended.kind === 'failed') log.error({ stack: ended.stack }, ended.error.message);
    await journal.flush();
    return await finish(jobs, journal, lease, ended);
  } finally {
    leave.removeEventListener('abort', onLeave);
    await heartbeat.close();
  }
}

const stopStates = { cancel: 'cancelled', pause: 'paused', leave: 'queued' } as const;
const stopReasons = {
  cancel: 'cancelled as asked',
  pause: 'paused as asked',
  leave: 'the runner was asked to leave; the job goes on from its last checkpoint',
} as const;

async function finish(jobs: JobStore, journal: Journal, lease: Lease, ended: Ended): Promise<AttemptEnd> {
  const { jobId } = lease;
  if (ended.kind === 'failed') {
    await jobs.transition(jobId, ['running'], 'failed', {
      lease,
      reason: ended.error.message,
      change: { error: ended.error },
    });
    return 'failed';
  }
  if (ended.kind === 'stopped') {
    const to = stopStates[ended.by];
    await jobs.transition(jobId, ['running'], to, {
      lease,
      reason: stopReasons[ended.by],
      ...(ended.by !== 'leave' && { change: { stopping: null } }),
    });
    return to;
  }
  journal.artifacts.delete('manifest.json');
  const manifest: Manifest = {
    jobId,
    attempt: lease.attempt,
    createdAt: new Date().toISOString(),
    artifacts: [...journal.artifacts.values()]
      .map(({ name, size, sha256, contentType }) => ({ name, size, sha256, contentType }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  journal.put('manifest.json', 'application/json', json(manifest));
  await journal.flush();
  await jobs.transition(jobId, ['running'], 'succeeded', { lease, change: { result: ended.result } });
  return 'succeeded';
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

const internal = (error: unknown): ErrorDetail => ({
  code: 'internal',
  message: `the runner ended by an error: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
  param: null,
  retryable: false,
});
