/** The runner: one attempt of one job. */
export { type Ended, type RunJobOptions, type RunningJob, runJob } from './run-job.ts';
export type * from './trainer-host.ts';
export { trainHere } from './trainer-side.ts';
