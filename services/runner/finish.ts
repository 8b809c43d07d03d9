/** Brings a job to the state that its attempt ended with. */
import type { ArtifactStore, JobStore } from '@anneal/core';
import type { Log } from '@anneal/core/log.ts';
import type { JobState } from '@anneal/schemas';
import { countingArtifacts, manifestBytes, removeRest } from './manifest.ts';
import { costOf, type ReckoningOptions } from './reckoning.ts';
import type { Claimed } from './run-job.ts';
import type { Stopper } from './stopper.ts';
import type { TrainerEnd } from './trainer.ts';
import type { StopReason } from './trainer-messages.ts';

export interface FinishOptions {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly jobId: string;
  readonly log: Log;
  /** Step of the checkpoint that the attempt went on from; 0 without one. */
  readonly resumedStep: number;
  readonly stopper: Stopper;
  readonly here: ReckoningOptions['here'];
}

const stops: Readonly<Record<StopReason, { to: JobState; reason: string }>> = {
  cancel: { to: 'cancelled', reason: 'cancel was asked for' },
  pause: { to: 'paused', reason: 'pause was asked for' },
  leave: { to: 'queued', reason: 'the runner was asked to leave' },
};

/** Works up to the last moment at which the lease is held; returns the job's new state. @throws AnnealError lease_lost */
export async function finish(claimed: Claimed, end: TrainerEnd, options: FinishOptions): Promise<JobState> {
  const { jobs, jobId, log, stopper } = options;
  const { lease, keeper } = claimed;
  if (end.kind === 'succeeded') {
    const counting = await writeManifest(claimed, options);
    await keeper.close();
    const seconds = (Date.now() - claimed.at) / 1000;
    const cost = 'cost' in end.result ? { cost: costOf(options.here, claimed.history, seconds) } : {};
    const result = { ...end.result, ...cost };
    await jobs.transition(jobId, ['running'], 'succeeded', { lease, change: { result, stopping: null } });
    log.info({ jobId }, 'succeeded');
    await removeRest(options.artifacts, jobId, counting).catch((err) => log.warn({ err }, 'leftovers stay'));
    return 'succeeded';
  }
  await keeper.close();
  // The strongest request counts, also where training heard only of an earlier one.
  const stop = end.kind === 'stopped' ? (stopper.asked ?? end.by) : stopper.asked === 'cancel' ? 'cancel' : null;
  if (end.kind === 'failed') log.error({ jobId, stack: end.failure.stack }, end.failure.detail.message);
  if (stop) {
    const { to, reason: asked } = stops[stop];
    const reason = end.kind === 'stopped' && end.by === stop ? (end.reason ?? asked) : asked;
    const change = stop === 'leave' ? {} : { stopping: null };
    await jobs.transition(jobId, ['running'], to, { reason, lease, change });
    log.info({ jobId, to }, reason);
    return to;
  }
  const { detail } = (end as Extract<TrainerEnd, { kind: 'failed' }>).failure;
  const change = { error: detail, stopping: null };
  await jobs.transition(jobId, ['running'], 'failed', { reason: detail.message, lease, change });
  return 'failed';
}

async function writeManifest({ lease, history, recorder }: Claimed, { jobId, resumedStep }: FinishOptions) {
  const { attempt } = lease;
  const counting = countingArtifacts(history, attempt, resumedStep);
  recorder.put('manifest.json', 'application/json', manifestBytes(jobId, attempt, counting));
  await recorder.idle();
  return [...counting, { attempt, name: 'manifest.json' }];
}
