/** Follows a job to its end, showing how it goes. */
import { type Job, JobCancelledError, JobFailedError } from '../index.ts';
import type { Context } from './context.ts';
import { exit, InputError } from './exit.ts';
import { ProgressView, scoreName } from './progress-view.ts';
import { bytes, clock, number, paint, perStep } from './style.ts';

export interface Followed {
  readonly job: Job;
  readonly exitCode: number;
}

export interface FollowOptions {
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly view?: ProgressView;
}

/** @throws TimeoutError, ConnectionError …; a job that failed is a result */
export async function follow({ client }: Context, id: string, options: FollowOptions): Promise<Followed> {
  const { timeout, signal, view = new ProgressView() } = options;
  try {
    const job = await client.jobs.wait(id, {
      timeout,
      signal,
      onEvent: (event) => view.event(event),
      onProgress: (progress) => view.progress(progress),
      onReconnect: (error) => view.line(`${error.message}; connecting again …`),
    });
    return { job, exitCode: exit.passed };
  } catch (error) {
    if (error instanceof JobFailedError || error instanceof JobCancelledError)
      return { job: error.job, exitCode: exit.failed };
    throw error;
  } finally {
    view.end();
  }
}

/** The end of a job, for people. */
export function summary(job: Job, output: { isTTY?: boolean } = process.stdout): string {
  const { id, state, error, result } = job;
  if (state === 'failed') return `${paint(output, 'red', '✗')} ${id} failed: ${error?.message ?? 'without a reason'}`;
  if (!result) return `${id} ${state}`;
  const scores = (['test', 'validation'] as const).flatMap((split) => {
    const scored = result[split];
    return scored ? [`${split} ${scoreName(scored.score)} ${number(scored.score)}`] : [];
  });
  return [
    `${paint(output, 'green', '✓')} ${id} ${state}${scores.length > 0 ? `: ${scores.join(', ')}` : ''}`,
    `  ${result.steps} steps in ${clock(result.trainSeconds)} (${perStep(result.microsecondsPerStep)} a step, plan ${job.plan?.plan ?? 'unknown'}), ` +
      `first step after ${number(result.submitToFirstStepSeconds)} s, ${bytes(result.peakMemoryBytes)} of memory`,
    `  anneal artifacts ${id} --out FOLDER fetches the weights`,
  ].join('\n');
}

/** Seconds of a --timeout, as milliseconds. @throws InputError */
export function parseTimeout(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value < 1e6) return value * 1000;
  throw new InputError(`--timeout ${seconds}: must be a number of seconds above 0`);
}
