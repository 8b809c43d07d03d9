/**
 * Names of jobs in Batch: `anneal-TENANT-JOB-LAUNCH-KEY`. SubmitJob has no token by which a request that is sent twice counts once, so
 * the name does it: it says whose runner it is and of which launch, and its key, drawn once for each submission, whether a request
 * whose answer was lost was carried out.
 */
import { randomBytes } from 'node:crypto';
import type { Run } from './run.ts';

const KEY_BYTES = 4;

/** What all names of a tenant, or of one job of its, begin with. */
export const prefixOf = (tenant: string, jobId?: string): string =>
  jobId === undefined ? `anneal-${tenant}-job_` : `anneal-${tenant}-${jobId}-`;

export const newName = (tenant: string, jobId: string, launch: number): string =>
  `${prefixOf(tenant, jobId)}${launch}-${randomBytes(KEY_BYTES).toString('hex')}`;

/** What a name says; undefined if it is of another tenant or not of ours. */
export function launchOf(tenant: string, name: string): Pick<Run, 'jobId' | 'launch'> | undefined {
  if (!name.startsWith(prefixOf(tenant))) return undefined;
  const rest = name.slice(`anneal-${tenant}-`.length);
  const [, jobId, launch] = /^(job_[0-9A-Za-z_]+)-([0-9]+)-[0-9a-f]{8}$/.exec(rest) ?? [];
  return jobId === undefined ? undefined : { jobId, launch: Number(launch) };
}
