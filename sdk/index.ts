/** Client of Anneal, training as a service that refuses to waste a run. No dependencies; Node 20 and later, and browsers. */
import { Datasets } from './client/datasets.ts';
import { Jobs } from './client/jobs.ts';
import { type ClientOptions, type RequestOptions, Transport } from './client/transport.ts';
import type { Health } from './client/types.ts';
import { Webhooks } from './client/webhooks.ts';

export { ArtifactBody, type Artifacts } from './client/artifacts.ts';
export type {
  DatasetListQuery,
  Datasets,
  NamedSource,
  UploadAllOptions,
  UploadOptions,
} from './client/datasets.ts';
export * from './client/errors.ts';
export type { StreamOptions } from './client/event-stream.ts';
export type { CreateOptions, Jobs, ListQuery, MetricsQuery, WaitOptions } from './client/jobs.ts';
export type { Page, PagePromise } from './client/page.ts';
export type { ClientOptions, RequestOptions } from './client/transport.ts';
export type * from './client/types.ts';
export type { UploadProgress, UploadSource } from './client/upload.ts';
export type { Webhooks } from './client/webhooks.ts';

export class Anneal {
  readonly jobs: Jobs;
  readonly datasets: Datasets;
  readonly webhooks: Webhooks;
  readonly #transport: Transport;

  constructor(options: ClientOptions = {}) {
    this.#transport = new Transport(options);
    this.jobs = new Jobs(this.#transport);
    this.datasets = new Datasets(this.#transport, this.jobs);
    this.webhooks = new Webhooks(this.#transport);
  }

  /** @throws ConnectionError  when the service can't be reached */
  health(options: RequestOptions = {}): Promise<Health> {
    return this.#transport.json({ ...options, path: '/healthz' });
  }
}

export default Anneal;
