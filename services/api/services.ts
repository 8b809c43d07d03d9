/** What the routes work with. */
import type { ArtifactStore, JobStore, Launcher } from '@anneal/core';
import type { Datasets } from '@anneal/core/datasets/datasets.ts';
import type { Calibrations } from '@anneal/core/forecast/calibrations.ts';
import type { Machine } from '@anneal/core/forecast/machine.ts';
import type { Endpoints } from '@anneal/core/webhooks/endpoints.ts';
import type { Data, Job, Limits, NamedFile } from '@anneal/schemas';
import type { Feeds } from './events/feed.ts';
import type { OpenApiDocument } from './openapi/document.ts';
import type { Records } from './record.ts';

/** Looks at the data files of a spec before the job is taken. */
export interface DataFolder {
  /** @throws SpecError data_missing or invalid_spec naming the field of a file that is not there */
  check(files: readonly NamedFile[]): Promise<void>;
  /** Number of examples, null where only reading all of them can tell. Looks at the files as far as that is quick.
   *  @throws SpecError data_missing, data_damaged or invalid_spec naming the field */
  rows(data: Data): Promise<number | null>;
}

export interface ServiceLimits extends Limits {
  /** Largest request body, in bytes. */
  readonly bodyBytes: number;
  /** Requests of one tenant in a minute; none refused for that when left out. */
  readonly requestsPerMinute?: number | undefined;
  /** Jobs of one tenant that have not ended; no limit when left out. */
  readonly openJobs?: number | undefined;
  /** Milliseconds after which a stream of events is closed, and the client goes on with another; no limit when left out. */
  readonly streamMilliseconds?: number | undefined;
  /** Artifacts that are larger, in bytes, are fetched from the store itself, where it hands out requests; none when left out. */
  readonly redirectBytes?: number | undefined;
}

/** Where jobs run, and what runs have taken there. */
export interface Forecasting {
  readonly machines: readonly Machine[];
  readonly calibrations: Pick<Calibrations, 'of'>;
}

/** What belongs to one tenant. */
export interface Tenancy {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  /** For the logs of runners; without it there are none. */
  readonly launcher?: Pick<Launcher, 'log'> | undefined;
  /** Looks at data files before a job is taken; without it only the run finds out. */
  readonly data?: DataFolder | undefined;
  /** What jobs are forecast by; without it there are no forecasts. */
  readonly forecasting?: Forecasting | undefined;
  /** Data sets that were uploaded. */
  readonly datasets: Datasets;
  /** Follows jobs for the streams; whoever gives it closes it. */
  readonly feeds?: Feeds | undefined;
  /** Who is told of what becomes of jobs; absent where nobody would send it. */
  readonly webhooks?: Endpoints | undefined;
  /** Called when a job has come into the queue. */
  readonly onSubmitted: (job: Job) => void | Promise<void>;
  /** Called when a starting or running job has been asked to stop. */
  readonly onStop: (job: Job) => void | Promise<void>;
}

/** What a route works with: all of it belongs to the tenant who asks. */
export interface Services extends Tenancy {
  readonly limits: ServiceLimits;
  readonly version: string;
  readonly records: Records;
  readonly feeds: Feeds;
  readonly document: () => OpenApiDocument;
}
