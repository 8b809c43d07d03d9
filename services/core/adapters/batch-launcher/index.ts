/**
 * Launcher of runners on AWS Batch. A launch is one job of Batch, and at most one attempt of a job. The intent to launch is the job's
 * state `starting`, which the scheduler's compare-and-set has written before `launch` is called; the job's id is in the name of what is
 * submitted. So whoever finds a job `starting` can tell by the names whether its runner was submitted (services/core/reconcile). Two
 * runners of a job, should that ever happen, do no harm: one can claim it, the other leaves.
 *
 * Nothing is kept here: another launcher on the same queues, or a later one, knows the same.
 */
import { AnnealError } from '@anneal/schemas';
import { BatchClient, type BatchClientConfig } from '@aws-sdk/client-batch';
import { CloudWatchLogsClient, type CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { LaunchTokens } from '../../launch-tokens.ts';
import { createLog } from '../../log.ts';
import type { Launcher } from '../../ports/launcher.ts';
import { type Clock, systemClock } from '../../scheduler/clock.ts';
import { clientSettings } from '../aws/client.ts';
import { type BatchPlace, parseBatchAddress } from './address.ts';
import { type Batch, batchOf } from './batch.ts';
import { logsOf } from './logs.ts';
import { newName } from './names.ts';
import { createPace } from './pace.ts';
import { queueFor } from './queue-choice.ts';
import { onlyThrottled } from './retries.ts';
import { isLiving, type Run } from './run.ts';
import { submissionOf } from './submission.ts';
import { createWatch } from './watch.ts';

export interface BatchLauncherOptions {
  /** Environment of the runners: where the stores are. */
  readonly env: Readonly<Record<string, string>>;
  /** Owner of the jobs where the address names none. */
  readonly tenant?: string;
  /** By which runners get credentials for their own jobs; must be there where the address says who hands them out. */
  readonly tokens?: Pick<LaunchTokens, 'issue'>;
  /** Settings of the clients over those of the launcher. */
  readonly client?: Pick<BatchClientConfig, 'credentials'>;
  /** Milliseconds between two looks at the runs; 0: they are looked at only when something is asked. */
  readonly pollMilliseconds?: number;
  /** Batch refuses more than 50. */
  readonly launchesPerSecond?: number;
  /** Launches that may wait for their turn. */
  readonly mostWaiting?: number;
  readonly clock?: Clock;
}

/** What clients of all services have. */
type Settings = BatchClientConfig & CloudWatchLogsClientConfig;

export interface BatchLauncher extends Launcher {
  readonly startMilliseconds: number;
  onWaiting: NonNullable<Launcher['onWaiting']>;
  /** Memory of a runner, by the job definition; undefined if it says none. */
  readonly memoryBytes: number | undefined;
  /** For the reconciler: the runs by themselves, and the last lines of one's log. */
  readonly batch: Batch;
  tail(run: string): Promise<string>;
  /** Looks at the runners no longer: they go on. Done when no request is under way. */
  close(): Promise<void>;
}

/** Batch forgets a run a week after its end; a queue may be that full. */
const START = 7 * 24 * 3600 * 1000;
const POLL = 5000;
/** A little below what Batch takes. */
const PER_SECOND = 45;
const MOST_WAITING = 1000;

/** Opens the launcher at `QUEUE?…`; queues and job definition must be there.
 *  @throws AnnealError invalid_request for an address that is none, store_unavailable if Batch can't be reached or has no such queue or definition */
export async function batchLauncher(rest: string, options: BatchLauncherOptions): Promise<BatchLauncher> {
  const place = parseBatchAddress(rest, options.tenant);
  const { clock = systemClock } = options;
  const settings: Settings = {
    ...clientSettings(),
    ...(place.region !== undefined && { region: place.region }),
    ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
    ...options.client,
  };
  const clients = {
    batch: new BatchClient(settings),
    submitting: new BatchClient({ ...settings, retryStrategy: onlyThrottled() }),
  };
  const logClient = new CloudWatchLogsClient(settings);
  const pace = createPace({
    perSecond: options.launchesPerSecond ?? PER_SECOND,
    most: options.mostWaiting ?? MOST_WAITING,
    clock,
  });
  const batch = batchOf(clients, place, pace);
  const logs = logsOf(logClient, place.logGroup);
  const { memoryBytes } = await batch.check();
  const log = createLog('batch', 'stderr', 'warn');
  const watch = createWatch({ batch, logs, clock, log, every: options.pollMilliseconds ?? POLL });

  /** Has those of the runs that live ended; returns their ids. */
  async function end(runs: readonly Run[], why: string): Promise<string[]> {
    const living = runs.filter(isLiving);
    for (const run of living) watch.add(run);
    await Promise.all(living.map(({ id }) => batch.terminate(id, why)));
    return living.map(({ id }) => id);
  }

  return {
    startMilliseconds: START,
    memoryBytes,
    batch,

    async tail(run) {
      const [found] = await batch.described([run]);
      const stream = found?.streams.at(-1);
      return stream === undefined ? '' : logs.tail(stream).catch(() => '');
    },

    async launch(jobId, launch) {
      const runs = await batch.runsOf(jobId);
      // Whoever took this launch for lost has launched it again.
      const later = runs.findLast((run) => run.launch > launch && isLiving(run));
      if (later) return { handle: later.id };
      const earlier = runs.filter((run) => run.launch <= launch);
      // Their leases are worth nothing any more, so that nobody need wait for their ends.
      await end(earlier, 'another runner takes its place');
      const { name: queue } = queueFor(place, earlier);
      const env = { ...options.env, ...(await credentialsOf(place, options, jobId, launch)) };
      const submission = submissionOf(place, { name: newName(place.tenant, jobId, launch), jobId, queue, env });
      const id = await batch.submit(submission);
      watch.add({ id, jobId, launch });
      return { handle: id };
    },

    /** Batch gives 30 s from SIGTERM to SIGKILL, whatever was asked. */
    async stop(jobId, _grace, upTo = Number.POSITIVE_INFINITY) {
      const runs = (await batch.runsOf(jobId)).filter(({ launch }) => launch <= upTo);
      await watch.untilEnded(await end(runs, 'asked to stop'));
    },

    async running() {
      await watch.recent();
      return watch.jobs();
    },

    onExit: watch.onExit,
    onWaiting: watch.onWaiting,

    async *log(jobId) {
      const runs = await batch.runsOf(jobId);
      const order = new Map(runs.map(({ id }, place) => [id, place]));
      const described = await batch.described([...order.keys()]);
      described.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
      for (const { streams } of described) for (const stream of streams) yield* logs.read(stream);
    },

    async close() {
      await watch.close();
      clients.batch.destroy();
      clients.submitting.destroy();
      logClient.destroy();
    },
  };
}

/** Environment by which a runner gets credentials for its job, and only for it. */
async function credentialsOf(
  { credentials }: BatchPlace,
  { tokens }: BatchLauncherOptions,
  jobId: string,
  launch: number,
): Promise<Readonly<Record<string, string>>> {
  if (credentials === undefined) return {};
  if (!tokens) throw new AnnealError('internal', 'batch: credentials: the launcher was opened without launch tokens');
  return { ANNEAL_CREDENTIALS: credentials, ANNEAL_CREDENTIALS_TOKEN: await tokens.issue(jobId, launch) };
}
