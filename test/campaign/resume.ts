/** Kills the runners of real jobs with -9 at random moments, and compares what becomes of them with runs that were left alone. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArtifactStore, JobStore } from '@anneal/core';
import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
import { createLog } from '@anneal/core/log.ts';
import { openArtifactStore, openJobStore } from '@anneal/core/open.ts';
import { type Clock, systemClock } from '@anneal/core/scheduler/clock.ts';
import { startScheduler } from '@anneal/core/scheduler.ts';
import { type Job, parse, type TrainJob, type TrainSpec, trainSpec } from '@anneal/schemas';
import { random } from '../../services/engine/data/permutation.ts';
import { writeSmallData } from '../small-data.ts';
import { differences, outcomeOf } from './outcome.ts';

export interface CampaignOptions {
  readonly plan: 'graph' | 'xla';
  /** Runners to kill, at least. */
  readonly kills: number;
  readonly epochs: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface CampaignResult {
  readonly kills: number;
  readonly jobs: number;
  readonly differences: readonly string[];
}

/** Everything that a checkpoint has to remember: dropout, batch normalisation, augmentation, plateau, early stopping, running average. */
export const specOf = ({ plan, epochs }: Pick<CampaignOptions, 'plan' | 'epochs'>): TrainSpec =>
  parse(trainSpec, {
    kind: 'train',
    data: { type: 'npy', inputs: 'inputs.npy', labels: 'labels.npy', shape: [2], classes: 2, split: { test: 0.1 } },
    augmentation: [
      { type: 'noise', deviation: 0.3 },
      { type: 'mixup', alpha: 0.3 },
    ],
    model: {
      layers: [
        { type: 'dense', units: 6, activation: 'relu' },
        { type: 'batch-normalization', momentum: 0.9 },
        { type: 'dropout', rate: 0.2 },
        { type: 'dense', units: 2 },
      ],
    },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'adam' },
    schedule: { type: 'plateau', rate: 0.003, patience: 40, factor: 0.9 },
    averaging: { decay: 0.99 },
    earlyStopping: { patience: 10 * epochs },
    batchSize: 16,
    plan,
    observations: { everySteps: 50 },
    checkpoints: { everySeconds: 0.1, keepLast: 2 },
    budget: { epochs },
  });

/** On it a job that lost its runner waits a hundredth of the time before it is tried again. */
const impatient: Clock = {
  now: () => 100 * systemClock.now(),
  after: (milliseconds, call) => systemClock.after(milliseconds / 100, call),
};

export async function resumeCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-campaign-'));
  await writeSmallData(folder, options.epochs);
  const env = {
    ANNEAL_STORE: `sqlite:${folder}/jobs.db`,
    ANNEAL_ARTIFACTS: `file:${folder}/artifacts`,
    ANNEAL_DATA: folder,
  };
  const jobs = await openJobStore(env.ANNEAL_STORE);
  const artifacts = await openArtifactStore(env.ANNEAL_ARTIFACTS);
  const launcher = localLauncher({ folder, env });
  const log = createLog('scheduler', 'stderr', 'fatal');
  const scheduler = startScheduler({ jobs, launcher, concurrency: 1, maxAttempts: 1000, log, clock: impatient });
  const submit = async (): Promise<string> => {
    const { job } = await jobs.create({ spec: specOf(options) });
    scheduler.wake();
    return job.id;
  };
  try {
    return await compare(options, folder, jobs, artifacts, submit);
  } finally {
    await scheduler.close();
    await jobs.close();
    await rm(folder, { recursive: true });
  }
}

async function compare(
  options: CampaignOptions,
  folder: string,
  jobs: JobStore,
  artifacts: ArtifactStore,
  submit: () => Promise<string>,
): Promise<CampaignResult> {
  const start = performance.now();
  const alone = await until(jobs, await submit(), ({ state }) => state === 'succeeded');
  const expected = await outcomeOf(jobs, artifacts, alone as TrainJob);
  const milliseconds = performance.now() - start;
  options.log(
    `${options.plan}: left alone it takes ${(milliseconds / 1000).toFixed(1)} s and ${expected.steps.length} steps`,
  );
  const next = random(options.seed);
  const found: string[] = [];
  let [kills, count] = [0, 0];
  while (kills < options.kills) {
    const id = await submit();
    count += 1;
    for (;;) {
      const pause = sleep((next() / 2 ** 32) * milliseconds);
      const job = await Promise.race([pause, until(jobs, id, ({ state }) => state === 'succeeded')]);
      if (job || kills >= options.kills) break;
      if (await killRunner(folder, id)) kills += 1;
    }
    const killed = await until(jobs, id, ({ state }) => state === 'succeeded');
    const differing = differences(expected, await outcomeOf(jobs, artifacts, killed as TrainJob));
    found.push(...differing.map((what) => `${options.plan}, job ${id}, ${killed.attempt} attempts: ${what}`));
    options.log(
      `${options.plan}: ${kills} kills, ${killed.attempt} attempts of job ${count}, ${found.length} differences`,
    );
  }
  return { kills, jobs: count, differences: found };
}

/** False if there is no runner at the moment. */
async function killRunner(folder: string, id: string): Promise<boolean> {
  try {
    const { pid } = JSON.parse(await readFile(join(folder, 'runners', `${id}.json`), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** @throws Error if the job fails */
async function until(jobs: JobStore, id: string, enough: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = await jobs.get(id);
    if (job.state === 'failed') throw new Error(`job ${id} failed: ${job.error?.message}`);
    if (enough(job)) return job;
    await sleep(20);
  }
}
