/** What the errors of AWS's clients mean. */
import { AnnealError } from '@anneal/schemas';

export interface AwsError {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  /** Whether the request was sent more than once, so that an earlier one may have been carried out. */
  readonly retried: boolean;
}

/** Undefined for an error that is not of a request: of our own code. */
export function awsError(error: unknown): AwsError | undefined {
  if (!(error instanceof Error) || error instanceof AnnealError) return undefined;
  const { $metadata, code, $retryable } = error as {
    $metadata?: { httpStatusCode?: number; attempts?: number };
    code?: unknown;
    $retryable?: unknown;
  };
  const local = LOCAL.test(error.name) || LOCAL.test(error.message) || $retryable !== undefined;
  if (!$metadata && typeof code !== 'string' && !local) return undefined;
  return {
    name: error.name,
    message: error.message || String(code ?? ''),
    status: $metadata?.httpStatusCode,
    retried: ($metadata?.attempts ?? 1) > 1 || $metadata?.httpStatusCode === undefined,
  };
}

/** Errors that the client itself makes up before or after a request. */
const LOCAL = /TimeoutError|AbortError|CredentialsProviderError|Region is missing|socket hang up|aborted/;

/** A table or a bucket that is not there. */
const NONE_SUCH = /^(ResourceNotFoundException|NotFound|NoSuchBucket)$/;

/** In a sentence. */
export function wordsOf({ name, message, status }: AwsError): string {
  if (/CredentialsProvider/.test(name)) return 'there are no credentials: set AWS_PROFILE, or give the machine a role';
  if (/Region is missing/.test(message)) return 'no region is set: add ?region=… to its address, or set AWS_REGION';
  if (NONE_SUCH.test(name)) return 'there is none of that name';
  if (status === 403) return `access is denied (${name})`;
  return /^(Unknown(Error)?|Error)$/.test(name) || name === message ? message : `${name}: ${message}`;
}
