/** The requests to Batch, and its errors in our words. */
import { setTimeout as pause } from 'node:timers/promises';
import { AnnealError } from '@anneal/schemas';
import {
  type BatchClient,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  type JobDefinition,
  type JobDetail,
  type JobStatus,
  type JobSummary,
  ListJobsCommand,
  type ListJobsCommandInput,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { awsError, wordsOf } from '../aws/error.ts';
import type { BatchPlace } from './address.ts';
import { launchOf, prefixOf } from './names.ts';
import type { Pace } from './pace.ts';
import { LIVING, type Run, STOPPED_BY_US } from './run.ts';

/** Ids that one DescribeJobs takes. */
const AT_ONCE = 100;
/** Requests for a launch whose answers were lost, and looks for what they made after each; the waits grow from the first. */
const SUBMISSIONS = 3;
const LOOKS = 4;
const FIRST_WAIT = 250;

export interface BatchClients {
  readonly batch: BatchClient;
  /** Sends nothing again whose answer was lost. */
  readonly submitting: BatchClient;
}

export type Batch = ReturnType<typeof batchOf>;

export function batchOf({ batch, submitting }: BatchClients, place: BatchPlace, pace: Pace) {
  const { tenant } = place;
  const queues = [place.queue, ...(place.onDemand === undefined ? [] : [place.onDemand])];

  /** @throws AnnealError store_unavailable */
  async function translated<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw explain(error);
    }
  }

  async function list(input: ListJobsCommandInput): Promise<Run[]> {
    const found: Run[] = [];
    for (let nextToken: string | undefined; ; ) {
      const page = await translated(() => batch.send(new ListJobsCommand({ ...input, nextToken })));
      for (const summary of page.jobSummaryList ?? []) {
        const launched = launchOf(tenant, summary.jobName ?? '');
        if (launched) found.push(runOf(summary, launched, input.jobQueue === place.onDemand));
      }
      nextToken = page.nextToken;
      if (!nextToken) return found;
    }
  }

  /** All runs whose name begins so, ended ones included, the oldest first. */
  async function named(prefix: string): Promise<Run[]> {
    const filters = [{ name: 'JOB_NAME', values: [`${prefix}*`] }];
    const found = await Promise.all(queues.map((jobQueue) => list({ jobQueue, filters })));
    return found
      .flat()
      .filter(({ name }) => name.startsWith(prefix))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  return {
    named,

    /** Runs of a job. */
    runsOf: (jobId: string): Promise<Run[]> => named(prefixOf(tenant, jobId)),

    /** Living runs of all jobs. One that goes on meanwhile is not missed: its next status is asked for later. */
    async living(): Promise<Run[]> {
      const found = new Map<string, Run>();
      for (const jobStatus of LIVING) {
        const lists = await Promise.all(queues.map((jobQueue) => list({ jobQueue, jobStatus })));
        for (const run of lists.flat()) found.set(run.id, run);
      }
      return [...found.values()];
    },

    /** Runs by their ids, with the streams of their logs; what Batch does not know is left out. */
    async described(ids: readonly string[]): Promise<(Run & { readonly streams: readonly string[] })[]> {
      const found: (Run & { streams: string[] })[] = [];
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const jobs = ids.slice(start, start + AT_ONCE);
        const answer = await translated(() => batch.send(new DescribeJobsCommand({ jobs })));
        for (const detail of answer.jobs ?? []) {
          const launched = launchOf(tenant, detail.jobName ?? '');
          const onDemand = place.onDemand !== undefined && lastPart(detail.jobQueue ?? '') === lastPart(place.onDemand);
          if (launched) found.push({ ...runOf(detail, launched, onDemand), streams: streamsOf(detail) });
        }
      }
      return found;
    },

    /**
     * Submits it once; returns Batch's id. Where an answer was lost, its name tells whether it was carried out.
     * @throws AnnealError store_unavailable, or rate_limited if too many wait (both retryable)
     */
    async submit(submission: SubmitJobCommandInput): Promise<string> {
      for (let tries = 1; ; tries++) {
        await pace();
        try {
          const { jobId } = await submitting.send(new SubmitJobCommand(submission));
          return jobId!;
        } catch (error) {
          const { status } = awsError(error) ?? { status: 400 };
          if (status !== undefined && status < 500) throw explain(error);
          const found = await foundByName(submission.jobName!);
          if (found) return found;
          if (tries === SUBMISSIONS) throw explain(error);
        }
      }
    },

    /** Ends a run: what waits is cancelled, what runs gets SIGTERM and, half a minute later, SIGKILL. One that has ended is no error. */
    async terminate(id: string, why: string): Promise<void> {
      const reason = `${STOPPED_BY_US} ${why}`;
      await translated(() => batch.send(new TerminateJobCommand({ jobId: id, reason })));
    },

    /** @throws AnnealError store_unavailable if a queue or the job definition is not there */
    async check(): Promise<{ readonly memoryBytes: number | undefined }> {
      const { jobQueues = [] } = await translated(() =>
        batch.send(new DescribeJobQueuesCommand({ jobQueues: [...queues] })),
      );
      const known = jobQueues.flatMap(({ jobQueueName, jobQueueArn }) => [jobQueueName, jobQueueArn]);
      const missing = queues.find((queue) => !known.includes(queue));
      if (missing !== undefined) throw missingFrom('queue', missing);
      const definition = await definitionNamed(place.definition);
      if (!definition) throw missingFrom('job definition', place.definition);
      const { resourceRequirements = [], memory } = definition.containerProperties ?? {};
      const mebibytes = Number(resourceRequirements.find(({ type }) => type === 'MEMORY')?.value ?? memory);
      return { memoryBytes: Number.isFinite(mebibytes) ? mebibytes * 2 ** 20 : undefined };
    },
  };

  /** The revision that a name or an ARN says, or the newest. */
  async function definitionNamed(given: string): Promise<JobDefinition | undefined> {
    const [jobDefinitionName, revision] = lastPart(given).split(':');
    const found: JobDefinition[] = [];
    for (let nextToken: string | undefined; ; ) {
      const request = { jobDefinitionName, status: 'ACTIVE', nextToken };
      const page = await translated(() => batch.send(new DescribeJobDefinitionsCommand(request)));
      found.push(...(page.jobDefinitions ?? []));
      nextToken = page.nextToken;
      if (!nextToken) break;
    }
    const wanted = found.filter((one) => revision === undefined || String(one.revision) === revision);
    return wanted.sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0))[0];
  }

  /** Looks a few times: what has just been submitted may not be listed yet. */
  async function foundByName(name: string): Promise<string | undefined> {
    for (let look = 0; look < LOOKS; look++) {
      await pause(FIRST_WAIT * 2 ** look);
      const [found] = await named(name);
      if (found) return found.id;
    }
    return undefined;
  }
}

const runOf = (
  from: JobSummary & Pick<JobDetail, 'container'>,
  launched: Pick<Run, 'jobId' | 'launch'>,
  onDemand: boolean,
): Run => ({
  id: from.jobId!,
  name: from.jobName!,
  ...launched,
  onDemand,
  status: from.status as JobStatus,
  statusReason: from.statusReason ?? '',
  createdAt: from.createdAt ?? 0,
  exitCode: from.container?.exitCode,
  reason: from.container?.reason ?? '',
});

/** Of all attempts, the oldest first. */
function streamsOf({ attempts = [], container }: JobDetail): string[] {
  const names = [...attempts.map((attempt) => attempt.container?.logStreamName), container?.logStreamName];
  return [...new Set(names.filter((name) => name !== undefined))];
}

const missingFrom = (what: string, name: string): AnnealError =>
  new AnnealError('store_unavailable', `AWS Batch has no ${what} '${name}' in this account and region`);

/** A name without the rest of its ARN. */
const lastPart = (name: string): string => name.split('/').at(-1)!;

function explain(error: unknown): unknown {
  const known = awsError(error);
  if (error instanceof AnnealError || !known) return error;
  return new AnnealError('store_unavailable', `AWS Batch can't be used: ${wordsOf(known)}`, null, [], { cause: error });
}
