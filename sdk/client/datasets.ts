/** Data sets of one's own: naming the files, uploading them, waiting for their check. */

import { DatasetFailedError, JobCancelledError, JobFailedError } from './errors.ts';
import type { Jobs, WaitOptions } from './jobs.ts';
import { Page, PagePromise } from './page.ts';
import type { RequestOptions, Transport } from './transport.ts';
import type { Dataset, DatasetUploads, NewDatasetInput } from './types.ts';
import { sha256Of, type UploadProgress, type UploadSource, uploadFile } from './upload.ts';

export interface DatasetListQuery {
  /** Data sets a page, at most 100. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** A file to upload; a `Blob` or a `File` is a source. */
export interface NamedSource {
  /** As specs will name it. */
  readonly name: string;
  readonly source: UploadSource;
}

export interface UploadOptions extends RequestOptions {
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export interface UploadAllOptions extends UploadOptions {
  /** For people. */
  readonly name?: string | undefined;
  /** How the files are read, as in the spec of a job: the check then opens them so. */
  readonly data?: NewDatasetInput['data'] | undefined;
  /** Told the data set as soon as it is there, before the first byte of it. */
  readonly onCreated?: ((dataset: Dataset) => void) | undefined;
}

export class Datasets {
  readonly #transport: Transport;
  readonly #jobs: Jobs;

  constructor(transport: Transport, jobs: Jobs) {
    this.#transport = transport;
    this.#jobs = jobs;
  }

  /** Begins a data set; what comes back says how its files are uploaded. @throws InvalidSpecError listing everything wrong */
  create(input: NewDatasetInput, options: RequestOptions = {}): Promise<DatasetUploads> {
    // Once: nobody would know of the first.
    return this.#transport.json({ maxRetries: 0, ...options, method: 'POST', path: '/v1/datasets', body: input });
  }

  /** Creates a data set of files, uploads them and completes it; `wait` then waits for its check. Read twice: to be hashed, and to be sent. */
  async upload(files: readonly NamedSource[], options: UploadAllOptions = {}): Promise<Dataset> {
    const { name, data, onCreated, onProgress, ...request } = options;
    const named = [];
    for (const { name: file, source } of files) {
      const sha256 = await sha256Of(source, { signal: options.signal });
      named.push({ name: file, size: source.size, sha256 });
    }
    const { dataset } = await this.create({ files: named, ...(name && { name }), ...(data && { data }) }, request);
    onCreated?.(dataset);
    return this.resume(dataset.id, files, { ...request, onProgress });
  }

  /** Uploads the files of a data set that have not come yet, and completes it: to go on after a broken connection. */
  async resume(id: string, files: readonly NamedSource[], options: UploadOptions = {}): Promise<Dataset> {
    const { onProgress, ...request } = options;
    const sources = new Map(files.map(({ name, source }) => [name, source]));
    const { dataset, uploads } = await this.missing(id, request);
    const bytes = dataset.files.reduce((sum, { size }) => sum + size, 0);
    let done = bytes - dataset.files.reduce((sum, f) => sum + (uploads.some((u) => u.name === f.name) ? f.size : 0), 0);
    for (const { name } of uploads) {
      const source = sources.get(name);
      if (!source) throw new TypeError(`the data set ${id} also needs the file '${name}'`);
      const told = (sent: number) => onProgress?.({ file: name, bytes: done + sent, of: bytes });
      // Asked for anew: those of the first answer may expire while others are on their way.
      const upload = async () => (await this.missing(id, request)).uploads.find((one) => one.name === name);
      await uploadFile(
        this.#transport,
        { first: uploads.find((one) => one.name === name), upload },
        source,
        told,
        request,
      );
      done += source.size;
      told(0);
    }
    return this.complete(id, request);
  }

  /** The requests that upload what has not come yet. */
  missing(id: string, options: RequestOptions = {}): Promise<DatasetUploads> {
    return this.#transport.json({ ...options, method: 'POST', path: at(id, '/uploads') });
  }

  /** All files have come: they can't be changed any more, and are checked. @throws InvalidSpecError naming what has not come */
  complete(id: string, options: RequestOptions = {}): Promise<Dataset> {
    return this.#transport.json({ ...options, method: 'POST', path: at(id, '/complete') });
  }

  retrieve(id: string, options: RequestOptions = {}): Promise<Dataset> {
    return this.#transport.json({ ...options, path: at(id) });
  }

  /** Newest first. `await` gives one page, `for await` all data sets of all pages. */
  list(query: DatasetListQuery = {}, options: RequestOptions = {}): PagePromise<Dataset> {
    return new PagePromise((resolve) => resolve(this.#page(query, options)));
  }

  async #page(query: DatasetListQuery, options: RequestOptions): Promise<Page<Dataset>> {
    const { items, next } = await this.#transport.json<{ items: Dataset[]; next: string | null }>({
      ...options,
      path: '/v1/datasets',
      query: { ...query },
    });
    return new Page(items, next, (cursor) => this.#page({ ...query, cursor }, options));
  }

  /** With its files. @throws ConflictError while a job that has not ended works on it */
  async remove(id: string, options: RequestOptions = {}): Promise<void> {
    await this.#transport.text({ ...options, method: 'DELETE', path: at(id) });
  }

  /**
   * The data set once its check has found it good.
   * @throws DatasetFailedError with the check's reason, TimeoutError, the signal's reason
   */
  async wait(of: Dataset | string, options: WaitOptions = {}): Promise<Dataset> {
    const id = typeof of === 'string' ? of : of.id;
    const { signal } = options;
    const found = await this.retrieve(id, { signal });
    if (found.state === 'ready') return found;
    if (found.state === 'failed') throw new DatasetFailedError(found);
    if (found.check === null) throw new TypeError(`the data set ${id} is not complete: nothing checks it yet`);
    try {
      await this.#jobs.wait(found.check, options);
    } catch (error) {
      if (!(error instanceof JobFailedError) && !(error instanceof JobCancelledError)) throw error;
    }
    const checked = await this.retrieve(id, { signal });
    if (checked.state === 'failed') throw new DatasetFailedError(checked);
    return checked;
  }
}

const at = (id: string, rest = ''): string => `/v1/datasets/${encodeURIComponent(id)}${rest}`;
