/** What the routes work with. */
import type { ArtifactStore, JobStore, Launcher } from '@anneal/core';
import type { Data, Job, Limits, NamedFile } from '@anneal/schemas';
import type { Feeds } from './events/feed.ts';
import type { OpenApiDocument } from './openapi/document.ts';
import type { Records } from './record.ts';

export type NpyData = Extract<Data, { type: 'npy' }>;

/** Looks at the data files of a spec before the job is taken. */
export interface DataFolder {
  /** @throws SpecError data_missing or invalid_spec naming the field of a file that is not there */
  check(files: readonly NamedFile[]): Promise<void>;
  /** Number of examples, of both files alike.
   *  @throws SpecError data_missing, data_damaged or invalid_spec naming the field */
  rows(data: NpyData): Promise<number>;
}

export interface ServiceLimits extends Limits {
  /** Largest request body, in bytes. */
  readonly bodyBytes: number;
}

export interface Services {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly launcher: Pick<Launcher, 'log'> | undefined;
  readonly data: DataFolder | undefined;
  readonly limits: ServiceLimits;
  readonly version: string;
  /** Called when a job has come into the queue. */
  readonly onSubmitted: (job: Job) => void;
  /** Called when a starting or running job has been asked to stop. */
  readonly onStop: (job: Job) => void;
  readonly records: Records;
  readonly feeds: Feeds;
  readonly document: () => OpenApiDocument;
}
