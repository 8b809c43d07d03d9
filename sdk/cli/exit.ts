/** What the exit code of the CLI says. */
import { type AnnealError, DatasetFailedError, JobCancelledError, JobFailedError, TimeoutError } from '../index.ts';

export const exit = {
  passed: 0,
  /** The job, or one of its checks, failed. */
  failed: 1,
  badInput: 2,
  serviceFailure: 3,
  notAllowed: 4,
  timedOut: 5,
} as const;

/** What the user gave can't be used; `message` says why. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    message: string,
    readonly detail: {
      readonly code?: string;
      readonly param?: string | null;
      readonly frame?: string;
      /** Where it's another than that of bad input. */
      readonly exitCode?: number;
    } = {},
  ) {
    super(message);
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return error.detail.exitCode ?? exit.badInput;
  if (error instanceof DatasetFailedError) return exit.failed;
  if (error instanceof JobFailedError || error instanceof JobCancelledError) return exit.failed;
  if (error instanceof TimeoutError) return exit.timedOut;
  const status = isKnown(error) ? error.status : undefined;
  if (status === 401 || status === 403) return exit.notAllowed;
  return status !== undefined && status >= 400 && status < 500 && status !== 429 ? exit.badInput : exit.serviceFailure;
}

/** An error of the client, or of a service inside this process: its message is for people. */
export const isKnown = (error: unknown): error is AnnealError =>
  error instanceof Error && 'code' in error && 'retryable' in error && 'param' in error;

/** What an error says, as the line after `error:`. */
export function explain(error: unknown): string {
  if (isKnown(error) || error instanceof InputError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
