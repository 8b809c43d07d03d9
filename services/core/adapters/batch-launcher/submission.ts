/** What is sent to Batch to start a runner: references only, no spec. */
import { AnnealError } from '@anneal/schemas';
import type { EvaluateOnExit, SubmitJobCommandInput } from '@aws-sdk/client-batch';
import type { BatchPlace } from './address.ts';

/** Batch takes no larger request. Bytes. */
const LARGEST = 30 * 1024;
/** Tries of a start. */
const STARTS = 3;
/** Seconds between Batch's SIGTERM and its SIGKILL. */
export const STOP_SECONDS = 30;

/**
 * Batch itself tries again only what has not begun. How a runner has ended, and on which queue another one starts, is the service's to
 * say: it alone knows what became of the job. The last rule matters: what no rule matches would be tried again.
 */
const RETRIES: EvaluateOnExit[] = [
  { onStatusReason: 'Task failed to start*', action: 'RETRY' },
  { onReason: 'CannotPullContainerError*', action: 'RETRY' },
  { onReason: 'DockerTimeoutError*', action: 'RETRY' },
  { onReason: '*', action: 'EXIT' },
];

export interface SubmissionOptions {
  readonly name: string;
  readonly jobId: string;
  readonly queue: string;
  /** Where the stores are: ANNEAL_STORE, ANNEAL_ARTIFACTS. */
  readonly env: Readonly<Record<string, string>>;
}

/** @throws AnnealError invalid_request if it would be too large */
export function submissionOf(place: BatchPlace, { name, jobId, queue, env }: SubmissionOptions): SubmitJobCommandInput {
  const environment = { ...env, ANNEAL_STOP_SECONDS: String(STOP_SECONDS) };
  const submission: SubmitJobCommandInput = {
    jobName: name,
    jobQueue: queue,
    jobDefinition: place.definition,
    containerOverrides: {
      command: ['--job', jobId],
      environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
    },
    retryStrategy: { attempts: STARTS, evaluateOnExit: RETRIES },
    timeout: { attemptDurationSeconds: place.timeout },
    tags: { 'anneal:job': jobId, 'anneal:tenant': place.tenant },
    propagateTags: true,
  };
  const bytes = Buffer.byteLength(JSON.stringify(submission));
  if (bytes < LARGEST) return submission;
  const text = `the addresses of the stores are too long for Batch: the request has ${bytes} bytes, it takes ${LARGEST}`;
  throw new AnnealError('invalid_request', text);
}
