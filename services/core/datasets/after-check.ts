/** What the end of its check makes of a data set. */
import { AnnealError, type Dataset, type FileContents, type Job } from '@anneal/schemas';

/** @param job the data set's own check, which has ended */
export function afterCheck(dataset: Dataset, job: Job): Dataset {
  if (job.kind === 'inspect' && job.state === 'succeeded' && job.result) {
    const found = new Map(job.result.files.map(({ name, ...contents }): [string, FileContents] => [name, contents]));
    const files = dataset.files.map((file) => ({ ...file, contents: found.get(file.name) ?? null }));
    return { ...dataset, files, state: 'ready', error: null };
  }
  const cancelled = new AnnealError('cancelled', `its check, ${job.id}, was cancelled; complete it again`).detail();
  const unknown = new AnnealError('internal', `its check, ${job.id}, failed without saying why`).detail();
  return { ...dataset, state: 'failed', error: job.state === 'cancelled' ? cancelled : (job.error ?? unknown) };
}
