/** Errors as a job's reason to have failed. */
import { AnnealError } from '@anneal/schemas';
import type { Failure } from './trainer-messages.ts';

const OUT_OF_MEMORY = /array buffer allocation failed|invalid typed array length|OOM when allocating|std::bad_alloc/i;

export function failureOf(error: unknown): Failure {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { detail: failedBy(error).detail(), stack };
}

function failedBy(error: unknown): AnnealError {
  if (error instanceof AnnealError) return error;
  const { message = String(error), code } = error as { message?: string; code?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AnnealError('out_of_memory', "the training thread ran out of JavaScript's memory; use fewer examples");
  }
  if (OUT_OF_MEMORY.test(message)) {
    return new AnnealError(
      'out_of_memory',
      `memory ran out (${firstLine(message)}); use a smaller batch, a smaller model or fewer examples`,
    );
  }
  return new AnnealError('internal', `training failed unexpectedly: ${firstLine(message)}; its log has the details`);
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.slice(0, 300);
