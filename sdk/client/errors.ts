/** What can go wrong, as classes: one for each family of codes, so that `catch` can tell them apart. */
import type { Dataset, ErrorCode, ErrorDetail, Job, Problem } from './types.ts';

/** Codes that only the client gives. */
export type ClientErrorCode =
  | 'connection_failed'
  | 'request_timeout'
  | 'wait_timeout'
  | 'artifact_damaged'
  | 'no_server';

export interface ErrorFields {
  readonly code: ErrorCode | ClientErrorCode;
  /** The field at fault, as in `model.layers[2].units`. */
  readonly param?: string | null;
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean;
  /** HTTP status; undefined when there was no answer. */
  readonly status?: number;
  /** Names the request in the log of the service. */
  readonly requestId?: string | undefined;
  /** All that is wrong, where more than one thing is. */
  readonly errors?: readonly ErrorDetail[];
  readonly cause?: unknown;
}

/** Every error of this client is one of these; an aborted signal throws the signal's own reason. */
export class AnnealError extends Error {
  readonly code: ErrorCode | ClientErrorCode;
  readonly param: string | null;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly errors: readonly ErrorDetail[];

  constructor(message: string, fields: ErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = new.target.name;
    this.code = fields.code;
    this.param = fields.param ?? null;
    this.retryable = fields.retryable ?? false;
    this.status = fields.status;
    this.requestId = fields.requestId;
    this.errors = fields.errors ?? [];
  }
}

/** The request itself is malformed: 400, 405, 413, 415, 416. */
export class BadRequestError extends AnnealError {}
/** No token, or a wrong one: 401. */
export class AuthenticationError extends AnnealError {}
/** The token does not allow this: 403. */
export class PermissionError extends AnnealError {}
/** There is no such job or artifact: 404. */
export class NotFoundError extends AnnealError {}
/** The job is in a state that does not allow this, or the idempotency key belongs to another request: 409. */
export class ConflictError extends AnnealError {}
/** The spec can't be run as written; `errors` lists everything wrong: 422. */
export class InvalidSpecError extends AnnealError {}
/** Too many requests: 429. */
export class RateLimitError extends AnnealError {}
/** The service failed: 5xx. */
export class ServerError extends AnnealError {}
/** No answer: the service can't be reached, or the connection broke. */
export class ConnectionError extends AnnealError {}
/** No answer in time, or a job that did not end in time. */
export class TimeoutError extends ConnectionError {}
/** An artifact whose bytes don't have the SHA-256 they should have. */
export class IntegrityError extends AnnealError {}

/** The job failed; code, message and param are the job's own. */
export class JobFailedError extends AnnealError {
  readonly job: Job;
  constructor(job: Job) {
    const { code, message, param, retryable } = job.error ?? {
      code: 'internal' as const,
      message: `job ${job.id} failed without saying why`,
      param: null,
      retryable: false,
    };
    super(message, { code, param, retryable });
    this.job = job;
  }
}

/** The check of a data set did not find it good; code, message and param are those of the check. */
export class DatasetFailedError extends AnnealError {
  readonly dataset: Dataset;
  constructor(dataset: Dataset) {
    const { code, message, param, retryable } = dataset.error ?? {
      code: 'internal' as const,
      message: 'without a reason',
      param: null,
      retryable: false,
    };
    super(`data set ${dataset.id} failed: ${message}`, { code, param, retryable });
    this.dataset = dataset;
  }
}

/** The job was cancelled before its end. */
export class JobCancelledError extends AnnealError {
  readonly job: Job;
  constructor(job: Job) {
    super(`job ${job.id} was cancelled`, { code: 'cancelled' });
    this.job = job;
  }
}

const families: Readonly<Record<number, typeof AnnealError>> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  422: InvalidSpecError,
  429: RateLimitError,
};

/** Whether a request that was answered so may be tried again. What the answer itself says counts most. */
const mayRetry = (status: number, problem: Partial<Problem>): boolean =>
  problem.retryable ?? (status === 408 || status === 429 || status >= 500);

/** The error of an answer that is none of 2xx. */
export async function errorOf(response: Response): Promise<AnnealError> {
  const text = await response.text().catch(() => '');
  const problem = parseProblem(text);
  const { status } = response;
  const Family = families[status] ?? (status >= 500 ? ServerError : BadRequestError);
  const message = problem.message ?? problem.detail ?? (text.slice(0, 200).trim() || response.statusText);
  return new Family(message || `the service answered with status ${status}`, {
    code: problem.code ?? (status >= 500 ? 'internal' : 'invalid_request'),
    param: problem.param ?? null,
    retryable: mayRetry(status, problem),
    status,
    requestId: response.headers.get('x-request-id') ?? undefined,
    errors: problem.errors ?? [],
  });
}

function parseProblem(text: string): Partial<Problem> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
