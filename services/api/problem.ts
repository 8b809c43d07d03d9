/** Every error leaves the service as an RFC 9457 problem document. */
import { AnnealError } from '@anneal/schemas';
import type { Context } from 'hono';
import { RateLimited } from './rate-limit.ts';

/** Told of errors that the client can't be told. */
export type ReportError = (error: unknown, request: string) => void;

/** Seconds after which what may be tried again may be tried again, where nobody knows better. */
const RETRY_AFTER = 1;

export function problemAnswer(error: unknown, c: Context, report: ReportError): Response {
  const known = error instanceof AnnealError;
  if (!known || error.status >= 500) report(error, `${c.req.method} ${c.req.path}`);
  const shown = known
    ? error
    : new AnnealError('internal', 'the service failed in a way it should not; its log says how');
  if (shown.code === 'unauthorized') c.header('WWW-Authenticate', 'Bearer realm="anneal"');
  if (shown.retryable) c.header('Retry-After', String(shown instanceof RateLimited ? shown.seconds : RETRY_AFTER));
  c.header('Content-Type', 'application/problem+json');
  c.header('Cache-Control', 'no-store');
  return c.body(JSON.stringify(shown.problem()), shown.status as 500);
}
