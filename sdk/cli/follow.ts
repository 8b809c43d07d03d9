/** Follows a job to its end, showing how it goes. */
import { type Job, JobCancelledError, JobFailedError } from '../index.ts';
import type { Context } from './context.ts';
import { exit, InputError } from './exit.ts';
import { ProgressView } from './progress-view.ts';

export interface Followed {
  readonly job: Job;
  readonly exitCode: number;
}

export interface FollowOptions {
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly view?: ProgressView;
  /** A job that is paused ends the following: nobody may be there to let it go on. */
  readonly untilPaused?: boolean;
}

/** @throws TimeoutError, ConnectionError …; a job that failed or was paused is a result */
export async function follow({ client }: Context, id: string, options: FollowOptions): Promise<Followed> {
  const { timeout, signal, view = new ProgressView(), untilPaused = false } = options;
  const paused = new AbortController();
  const either = signal ? AbortSignal.any([signal, paused.signal]) : paused.signal;
  try {
    const job = await client.jobs.wait(id, {
      timeout,
      signal: either,
      onEvent: (event) => {
        view.event(event);
        if (untilPaused && event.body.type === 'state' && event.body.state === 'paused') paused.abort();
      },
      onProgress: (progress) => view.progress(progress),
      onReconnect: (error) => view.line(`${error.message}; connecting again …`),
    });
    return { job, exitCode: exit.passed };
  } catch (error) {
    if (error instanceof JobFailedError || error instanceof JobCancelledError)
      return { job: error.job, exitCode: exit.failed };
    if (paused.signal.aborted && !signal?.aborted)
      return { job: await client.jobs.retrieve(id), exitCode: exit.failed };
    throw error;
  } finally {
    view.end();
  }
}

/** Seconds of a --timeout, as milliseconds. @throws InputError */
export function parseTimeout(seconds: string): number {
  const value = Number(seconds);
  if (value > 0 && value < 1e6) return value * 1000;
  throw new InputError(`--timeout ${seconds}: must be a number of seconds above 0`);
}
