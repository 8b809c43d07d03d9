/** Errors of the service: a closed list of codes, and the RFC 9457 document that carries one over HTTP. */
import { z } from 'zod';

/** code -> [HTTP status, may be tried again] */
export const errorCodes = {
  invalid_json: [400, false],
  invalid_yaml: [400, false],
  invalid_request: [400, false],
  unauthorized: [401, false],
  forbidden: [403, false],
  not_found: [404, false],
  artifact_not_found: [404, false],
  method_not_allowed: [405, false],
  conflict: [409, false],
  idempotency_conflict: [409, false],
  artifact_exists: [409, false],
  lease_lost: [409, false],
  payload_too_large: [413, false],
  unsupported_media_type: [415, false],
  range_not_satisfiable: [416, false],
  invalid_spec: [422, false],
  unknown_field: [422, false],
  shape_mismatch: [422, false],
  model_too_large: [422, false],
  data_missing: [422, false],
  data_damaged: [422, false],
  invalid_module: [422, false],
  check_failed: [422, false],
  stopped_by_diagnosis: [422, false],
  non_finite_loss: [422, false],
  budget_exceeded: [422, false],
  rate_limited: [429, true],
  cancelled: [409, false],
  internal: [500, false],
  runner_lost: [500, true],
  out_of_memory: [500, false],
  disk_full: [507, true],
  store_unavailable: [503, true],
  timeout: [504, true],
} as const satisfies Record<string, readonly [number, boolean]>;

export type ErrorCode = keyof typeof errorCodes;

export const errorCode = z
  .enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: 'ErrorCode', description: 'What went wrong; the list is closed.' });

export const errorDetail = z
  .object({
    code: errorCode,
    message: z.string().describe('One sentence: what was given, what is allowed, the nearest valid choice.'),
    param: z.string().nullable().describe('The field at fault, as in `model.layers[2].units`.'),
    retryable: z.boolean().describe('Whether the same request may succeed later.'),
  })
  .meta({ id: 'ErrorDetail' });

export type ErrorDetail = z.output<typeof errorDetail>;

export const problem = errorDetail
  .extend({
    type: z.string().describe('A URI reference that names the kind of problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('The same as `message`.'),
    errors: z.array(errorDetail).describe('All that is wrong, where more than one thing is.'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' });

export type Problem = z.output<typeof problem>;

/** An error that may be shown to the user as it is. */
export class AnnealError extends Error {
  readonly status: number;
  readonly retryable: boolean;
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly param: string | null = null,
    readonly errors: readonly ErrorDetail[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AnnealError';
    [this.status, this.retryable] = errorCodes[code];
  }

  detail(): ErrorDetail {
    return { code: this.code, message: this.message, param: this.param, retryable: this.retryable };
  }

  problem(): Problem {
    const errors = this.errors.length > 0 ? [...this.errors] : [this.detail()];
    const title = this.code.replaceAll('_', ' ');
    return { type: `/errors/${this.code}`, title, status: this.status, ...this.detail(), detail: this.message, errors };
  }
}

/** A spec that can't be run as written. */
export class SpecError extends AnnealError {}
