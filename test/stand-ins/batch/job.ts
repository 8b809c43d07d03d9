/** A job of the stand-in: what was submitted, how far it has come, and what Batch answers about it. */
import { randomUUID } from 'node:crypto';
import type { AttemptDetail, EvaluateOnExit, JobDetail, JobStatus, JobSummary } from '@aws-sdk/client-batch';
import type { Container } from './container.ts';

/** SubmitJob as it comes over the wire. */
export interface Submission {
  readonly jobName: string;
  readonly jobQueue: string;
  readonly jobDefinition: string;
  readonly containerOverrides?: {
    readonly command?: readonly string[];
    readonly environment?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly retryStrategy?: { readonly attempts?: number; readonly evaluateOnExit?: readonly EvaluateOnExit[] };
  readonly timeout?: { readonly attemptDurationSeconds?: number };
  readonly tags?: Readonly<Record<string, string>>;
}

export interface StandInJob {
  readonly id: string;
  readonly arn: string;
  readonly submission: Submission;
  readonly createdAt: number;
  status: JobStatus;
  statusReason: string | undefined;
  startedAt: number | undefined;
  stoppedAt: number | undefined;
  attempts: AttemptDetail[];
  stream: string | undefined;
  container: Container | undefined;
  /** Set by TerminateJob. */
  terminated: string | undefined;
  /** Why its host stops it, where that is not by TerminateJob. */
  ending: string | undefined;
  /** The host is gone: nobody tells an exit code. */
  hostLost: boolean;
}

export const isOver = ({ status }: StandInJob): boolean => status === 'SUCCEEDED' || status === 'FAILED';

export const newStream = (): string => `anneal-runner/default/${randomUUID().replaceAll('-', '')}`;

const last = ({ attempts }: StandInJob) => attempts.at(-1)?.container;

export function summaryOf(job: StandInJob): JobSummary {
  const { exitCode, reason } = last(job) ?? {};
  return {
    jobArn: job.arn,
    jobId: job.id,
    jobName: job.submission.jobName,
    createdAt: job.createdAt,
    status: job.status,
    statusReason: job.statusReason,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    container: isOver(job) ? { exitCode, reason } : {},
    jobDefinition: job.submission.jobDefinition,
  };
}

export function detailOf(job: StandInJob): JobDetail {
  const { jobQueue, retryStrategy, timeout, tags, containerOverrides = {} } = job.submission;
  return {
    ...(summaryOf(job) as JobDetail),
    jobQueue: `arn:aws:batch:us-east-1:123456789012:job-queue/${jobQueue}`,
    attempts: job.attempts,
    retryStrategy: retryStrategy as JobDetail['retryStrategy'],
    timeout,
    tags: tags as Record<string, string>,
    isTerminated: job.terminated !== undefined,
    container: {
      command: [...(containerOverrides.command ?? [])],
      environment: [...(containerOverrides.environment ?? [])],
      exitCode: last(job)?.exitCode,
      reason: last(job)?.reason,
      logStreamName: job.stream,
    },
  };
}

/** Whether Batch tries again after an attempt: the first rule that matches decides, and without one it does. */
export function triesAgain({ submission, attempts }: StandInJob): boolean {
  const { attempts: most = 1, evaluateOnExit = [] } = submission.retryStrategy ?? {};
  const { container, statusReason = '' } = attempts.at(-1)!;
  if (attempts.length >= most) return false;
  const rule = evaluateOnExit.find(
    ({ onExitCode, onReason, onStatusReason }) =>
      matches(onExitCode, String(container?.exitCode ?? '')) &&
      matches(onReason, container?.reason ?? '') &&
      matches(onStatusReason, statusReason),
  );
  return (rule?.action ?? 'RETRY').toUpperCase() === 'RETRY';
}

/** A pattern is taken literally but for an asterisk at its end. */
function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}
