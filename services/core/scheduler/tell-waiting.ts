/** Tells whoever follows a job why its runner does not start. */
import type { JobStore } from '../ports/job-store.ts';
import { type History, readHistory } from './history.ts';

/**
 * Once for each reason and launch: said again only after the job has been launched again or something else was said in between.
 * @param known the history, where the caller has just read it
 */
export async function tellWaiting(
  jobs: Pick<JobStore, 'appendEvents' | 'readEvents'>,
  jobId: string,
  why: string,
  known?: History,
): Promise<void> {
  const { state, said } = known ?? (await readHistory(jobs, jobId));
  if (state === 'starting' && said !== why)
    await jobs.appendEvents(jobId, [{ type: 'notice', level: 'warning', message: why }]);
}
