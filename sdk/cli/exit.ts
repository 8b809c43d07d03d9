/** What the exit code of the CLI says. */
import {
  AnnealError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InvalidSpecError,
  JobCancelledError,
  JobFailedError,
  NotFoundError,
  PermissionError,
  TimeoutError,
} from '../index.ts';

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
    readonly detail: { readonly code?: string; readonly param?: string | null; readonly frame?: string } = {},
  ) {
    super(message);
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return exit.badInput;
  if (!(error instanceof AnnealError)) return exit.serviceFailure;
  if (error instanceof JobFailedError || error instanceof JobCancelledError) return exit.failed;
  if (error instanceof TimeoutError) return exit.timedOut;
  if (error instanceof AuthenticationError || error instanceof PermissionError) return exit.notAllowed;
  const bad = [BadRequestError, ConflictError, InvalidSpecError, NotFoundError];
  return bad.some((kind) => error instanceof kind) ? exit.badInput : exit.serviceFailure;
}
