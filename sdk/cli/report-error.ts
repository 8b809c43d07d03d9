/** The end of a command that could not do its work: what went wrong on standard error, and the exit code. */
import { DatasetFailedError } from '../index.ts';
import { tell } from './context.ts';
import { exitCodeOf, explain, InputError, isKnown } from './exit.ts';
import { paint } from './style.ts';

export function reportError(error: unknown, json: boolean): number {
  const exitCode = exitCodeOf(error);
  if (json) {
    tell(JSON.stringify({ error: describe(error), exitCode }));
    return exitCode;
  }
  tell(`${paint(process.stderr, 'red', 'error')}: ${explain(error)}`);
  if (error instanceof InputError && error.detail.frame) tell(error.detail.frame);
  const advice = adviceFor(error);
  if (advice !== undefined) tell(advice);
  return exitCode;
}

function describe(error: unknown): Record<string, unknown> {
  const message = explain(error);
  if (error instanceof InputError) {
    const { code = 'invalid_request', param = null, frame } = error.detail;
    return { code, message, param, retryable: false, ...(frame !== undefined && { frame }) };
  }
  if (!isKnown(error)) return { code: 'code' in Object(error) ? Object(error).code : 'internal', message };
  const { code, param, retryable, status, requestId, errors } = error;
  return { code, message, param, retryable, status, requestId, errors };
}

/** What to try next. */
function adviceFor(error: unknown): string | undefined {
  const code = isKnown(error) ? error.code : undefined;
  if (code === 'unauthorized')
    return 'The token is in the file `token` of the folder of the service; give it by --token or ANNEAL_TOKEN.';
  if (code === 'no_server') return '`anneal submit --wait` needs none: it runs one until its job is done.';
  if (code === 'connection_failed') return 'Is the service running? `anneal serve` starts one here.';
  if (error instanceof DatasetFailedError)
    return `Correct the files and upload them again; \`anneal datasets remove ${error.dataset.id}\` removes these.`;
  if (code === 'wait_timeout') return '`anneal watch` follows the job again.';
  return undefined;
}
