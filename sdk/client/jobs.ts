/** Jobs: submitting, finding, steering, following, and what they measured. */
import { Artifacts } from './artifacts.ts';
import { deadline } from './deadline.ts';
import { JobCancelledError, JobFailedError, TimeoutError } from './errors.ts';
import { followEvents, type StreamOptions } from './event-stream.ts';
import { Page, PagePromise } from './page.ts';
import type { Request, RequestOptions, Transport } from './transport.ts';
import type {
  CheckpointList,
  Diagnostics,
  Event,
  Job,
  JobOf,
  JobState,
  MetricName,
  Metrics,
  Progress,
  SpecInput,
  StreamEnd,
  ValidationReport,
} from './types.ts';

export interface CreateOptions extends RequestOptions {
  /** The same key and spec give the same job. Made anew for each call when left out, and kept over its retries. */
  readonly idempotencyKey?: string;
}

export interface ListQuery {
  readonly state?: JobState | undefined;
  readonly kind?: Job['kind'] | undefined;
  /** All of them must match. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Jobs a page, at most 200. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface MetricsQuery {
  readonly names?: readonly MetricName[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Most points a series. */
  readonly resolution?: number | undefined;
}

export interface WaitOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly onEvent?: ((event: Event) => void) | undefined;
  readonly onReconnect?: StreamOptions['onReconnect'];
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait at most; the job goes on. No limit when left out. */
  readonly timeout?: number | undefined;
}

export class Jobs {
  readonly artifacts: Artifacts;
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.artifacts = new Artifacts(transport);
  }

  /** Submits a job. @throws InvalidSpecError listing everything wrong */
  create<S extends SpecInput>(
    spec: S,
    { idempotencyKey = newKey(), ...options }: CreateOptions = {},
  ): Promise<JobOf<S['kind']>> {
    const headers = { 'idempotency-key': idempotencyKey };
    return this.#transport.json({ ...options, method: 'POST', path: '/v1/jobs', body: spec, headers });
  }

  /** Checks a spec without running it. @throws InvalidSpecError listing everything wrong */
  validate(spec: SpecInput, options: RequestOptions = {}): Promise<ValidationReport> {
    return this.#transport.json({ ...options, method: 'POST', path: '/v1/jobs/validate', body: spec });
  }

  retrieve(id: string, options: RequestOptions = {}): Promise<Job> {
    return this.#transport.json(this.#at(id, '', options));
  }

  /** Newest first. `await` gives one page, `for await` all jobs of all pages. */
  list(query: ListQuery = {}, options: RequestOptions = {}): PagePromise<Job> {
    return new PagePromise((resolve) => resolve(this.#page(query, options)));
  }

  async #page(query: ListQuery, options: RequestOptions): Promise<Page<Job>> {
    const { tags, ...rest } = query;
    const tag = Object.entries(tags ?? {}).map(([key, value]) => `${key}:${value}`);
    const { items, next } = await this.#transport.json<{ items: Job[]; next: string | null }>({
      ...options,
      path: '/v1/jobs',
      query: { ...rest, tag },
    });
    return new Page(items, next, (cursor) => this.#page({ ...query, cursor }, options));
  }

  /** Asks a job to stop for good; a running one keeps what it has made so far. */
  cancel(id: string, options: RequestOptions = {}): Promise<Job> {
    return this.#transport.json({ ...this.#at(id, '/cancel', options), method: 'POST' });
  }

  /** Asks a job to write a checkpoint and leave its machine. */
  pause(id: string, options: RequestOptions = {}): Promise<Job> {
    return this.#transport.json({ ...this.#at(id, '/pause', options), method: 'POST' });
  }

  resume(id: string, options: RequestOptions = {}): Promise<Job> {
    return this.#transport.json({ ...this.#at(id, '/resume', options), method: 'POST' });
  }

  /** The events of a job, each once and in order, over broken connections too; ends when the job has ended. */
  stream(id: string, options: StreamOptions = {}): AsyncGenerator<Event, StreamEnd['state']> {
    return followEvents(this.#transport, id, options);
  }

  /**
   * The job, or the one of that id, once it has succeeded.
   * @throws JobFailedError with the job's own reason, JobCancelledError, TimeoutError, the signal's reason
   */
  async wait<J extends Job>(of: J | string, options: WaitOptions = {}): Promise<J> {
    const id = typeof of === 'string' ? of : of.id;
    const { timeout = Number.POSITIVE_INFINITY, onEvent, onProgress, onReconnect } = options;
    const limit = deadline(options.signal, timeout, () => {
      return new TimeoutError(`job ${id} did not end within ${timeout / 1000} s; it goes on`, { code: 'wait_timeout' });
    });
    const { signal } = limit;
    try {
      for await (const event of this.stream(id, { signal, onProgress, onReconnect })) onEvent?.(event);
      const job = await this.retrieve(id, { signal });
      if (job.state === 'failed') throw new JobFailedError(job);
      if (job.state === 'cancelled') throw new JobCancelledError(job);
      return job as J;
    } finally {
      limit.release();
    }
  }

  metrics(id: string, { names, ...query }: MetricsQuery = {}, options: RequestOptions = {}): Promise<Metrics> {
    return this.#transport.json(this.#at(id, '/metrics', options, { ...query, names: names?.join(',') }));
  }

  diagnostics(id: string, options: RequestOptions = {}): Promise<Diagnostics> {
    return this.#transport.json(this.#at(id, '/diagnostics', options));
  }

  checkpoints(id: string, options: RequestOptions = {}): Promise<CheckpointList> {
    return this.#transport.json(this.#at(id, '/checkpoints', options));
  }

  /** What the runners of a job wrote, all attempts. */
  logs(id: string, options: RequestOptions = {}): Promise<string> {
    return this.#transport.text(this.#at(id, '/logs', options));
  }

  #at(id: string, rest: string, options: RequestOptions, query: Request['query'] = {}): Request {
    return { ...options, path: `/v1/jobs/${encodeURIComponent(id)}${rest}`, query };
  }
}

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `anneal-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
