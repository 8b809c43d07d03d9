/** What Batch refuses and moto takes. Source: the API reference of SubmitJob. */
import type { Submission } from './job.ts';

const LARGEST = 30 * 1024;

/** In a sentence; undefined if Batch would take it. */
export function refusalOf(body: string, submission: Submission): string | undefined {
  if (Buffer.byteLength(body) > LARGEST) return `SubmitJob request payload exceeds ${LARGEST} bytes`;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(submission.jobName)) return 'Job name should match valid pattern';
  for (const { name } of submission.containerOverrides?.environment ?? [])
    if (name.startsWith('AWS_BATCH')) return `Environment variable ${name} starts with AWS_BATCH`;
  const { attempts = 1, evaluateOnExit = [] } = submission.retryStrategy ?? {};
  if (attempts < 1 || attempts > 10) return 'Retry attempts must be between 1 and 10';
  if (evaluateOnExit.length > 5) return 'evaluateOnExit has more than 5 entries';
  for (const { onExitCode, onReason, onStatusReason } of evaluateOnExit) {
    if (onExitCode !== undefined && !/^\d{1,511}\*?$|^\*$/.test(onExitCode))
      return `onExitCode '${onExitCode}' is no number`;
    for (const pattern of [onReason, onStatusReason])
      if (pattern !== undefined && !/^[\w.: \t-]{0,511}\*?$/.test(pattern)) return `'${pattern}' is no pattern`;
  }
  const seconds = submission.timeout?.attemptDurationSeconds;
  if (seconds !== undefined && seconds < 60) return 'Timeout must be at least 60 seconds';
  if (Object.keys(submission.tags ?? {}).length > 50) return 'more than 50 tags';
  return undefined;
}
