/** Whether a job that has not ended works on an uploaded data set. */
import { datasetOf, type Job, type JobState, type Spec } from '@anneal/schemas';
import type { JobStore } from '../ports/job-store.ts';

const open: readonly JobState[] = ['queued', 'starting', 'running', 'paused'];
const PAGE = 200;

export async function openJobOn(jobs: JobStore, dataset: string): Promise<Job | undefined> {
  for (const state of open) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await jobs.list({ state }, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
      for (const job of page.items) if (await worksOn(job.spec, dataset, jobs)) return job;
      cursor = page.next;
    }
  }
  return undefined;
}

async function worksOn(spec: Spec, dataset: string, jobs: JobStore): Promise<boolean> {
  return (await datasetsOfSpec(spec, jobs)).includes(dataset);
}

/** The data sets that a job reads: its own, or those that the models it works on were trained with. */
export async function datasetsOfSpec(spec: Spec, jobs: Pick<JobStore, 'get'>): Promise<readonly string[]> {
  if (spec.kind === 'inspect') return [spec.dataset];
  const { data } = spec.kind === 'check' ? spec.spec : spec;
  if (data) return [datasetOf(data) ?? []].flat();
  if (spec.kind === 'train' || spec.kind === 'check') return [];
  // It works on the data of the first.
  const first = spec.kind === 'ensemble' ? spec.members[0] : spec.model;
  if (!first) return [];
  return datasetsOfSpec((await jobs.get(first.job)).spec, jobs);
}
