/**
 * The data sets of a tenant: records beside the jobs, blobs among the artifacts. `uploading` until all files have come; `checking` while a
 * job looks at them; its end makes it `ready` or `failed`. Who reads a data set finds out about that end: nothing has to follow the job.
 */
import {
  AnnealError,
  checkedData,
  checkNewDataset,
  type Dataset,
  type InspectSpec,
  isFinal,
  type Job,
  type NewDataset,
} from '@anneal/schemas';
import { newDatasetId } from '../ids.ts';
import type { ArtifactStore, BlobInfo } from '../ports/artifact-store.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { Collection, RecordStore } from '../ports/record-store.ts';
import { afterCheck } from './after-check.ts';
import { CONTENT_TYPE, checkedBytes, fileKey, listKey, writeFileList } from './files.ts';
import { openJobOn } from './open-jobs.ts';

export interface Datasets {
  /** @throws SpecError */
  create(input: NewDataset): Promise<Dataset>;
  /** @throws AnnealError not_found */
  get(id: string): Promise<Dataset>;
  /** Newest first, at most `limit`; those after an id. */
  list(page: { readonly limit: number; readonly after?: string | undefined }): Promise<Dataset[]>;
  /** Names of the files that have not come. */
  missing(dataset: Dataset): Promise<ReadonlySet<string>>;
  /** Stores a file; one that has come already is left as it is.
   *  @throws AnnealError not_found, artifact_not_found for a name that is none, conflict, data_damaged for other bytes than were said */
  put(id: string, name: string, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Fixes the files and has them checked by a job that `submit` creates; the same key makes the same job.
   *  @throws AnnealError not_found, data_missing naming what has not come, and what `submit` throws */
  complete(id: string, submit: (spec: InspectSpec, key: string) => Promise<Job>): Promise<Dataset>;
  /** @throws AnnealError not_found; conflict while a job that has not ended names it */
  remove(id: string): Promise<void>;
}

export interface DatasetsOptions {
  readonly tenant: string;
  readonly records: RecordStore;
  readonly artifacts: ArtifactStore;
  readonly jobs: JobStore;
  readonly now?: () => number;
}

const ID = /^ds_[0-9a-z]{20,32}$/;
/** Blobs asked for at once. */
const AT_ONCE = 8;

export function datasetsOf({ tenant, records, artifacts, jobs, now = Date.now }: DatasetsOptions): Datasets {
  const place: Collection = { tenant, name: 'datasets' };

  /** With what has become of its check. @throws AnnealError not_found */
  async function read(id: string): Promise<{ dataset: Dataset; version: number }> {
    const record = ID.test(id) ? await records.get(place, id) : undefined;
    if (!record) throw new AnnealError('not_found', `there is no data set '${id.slice(0, 100)}'`, 'id');
    return settled(record.value as Dataset, record.version);
  }

  async function settled(dataset: Dataset, version: number): Promise<{ dataset: Dataset; version: number }> {
    if (dataset.state !== 'checking' || dataset.check === null) return { dataset, version };
    const job = await jobs.get(dataset.check);
    if (!isFinal(job.state)) return { dataset, version };
    const after = afterCheck(dataset, job);
    // Somebody else who has read the same says the same.
    if (await records.put(place, dataset.id, after, version)) return { dataset: after, version: version + 1 };
    return read(dataset.id);
  }

  /** @throws AnnealError not_found */
  async function change(id: string, to: (dataset: Dataset) => Dataset): Promise<Dataset> {
    for (;;) {
      const { dataset, version } = await read(id);
      const after = to(dataset);
      if (after === dataset || (await records.put(place, id, after, version))) return after;
    }
  }

  async function blobOf(key: string): Promise<BlobInfo | undefined> {
    try {
      return await artifacts.head(key);
    } catch (error) {
      if (error instanceof AnnealError && error.code === 'artifact_not_found') return undefined;
      throw error;
    }
  }

  async function missing({ id, files }: Dataset): Promise<ReadonlySet<string>> {
    const absent = new Set<string>();
    for (let from = 0; from < files.length; from += AT_ONCE) {
      const looks = files.slice(from, from + AT_ONCE).map(async ({ name, size, sha256 }) => {
        const blob = await blobOf(fileKey(id, name));
        if (!blob) absent.add(name);
        else if (blob.size !== size || blob.sha256 !== sha256)
          throw new AnnealError('data_damaged', `${name}: what came is not what the data set was created with`, name);
      });
      await Promise.all(looks);
    }
    return absent;
  }

  return {
    missing,
    get: async (id) => (await read(id)).dataset,
    async create(input) {
      checkNewDataset(input);
      const at = now();
      const dataset: Dataset = {
        id: newDatasetId(at),
        name: input.name ?? null,
        files: input.files.map((file) => ({ ...file, contents: null })),
        data: input.data ?? null,
        ...{ state: 'uploading', error: null, check: null },
        createdAt: new Date(at).toISOString(),
      };
      if (await records.put(place, dataset.id, dataset, null)) return dataset;
      throw new AnnealError('conflict', 'the id is taken; again');
    },
    async list({ limit, after }) {
      const found = await records.list(place, { limit, ...(after !== undefined && { after }) });
      return Promise.all(found.map(async ({ value, version }) => (await settled(value as Dataset, version)).dataset));
    },
    async put(id, name, body) {
      const { dataset } = await read(id);
      const file = dataset.files.find((one) => one.name === name);
      if (!file) {
        const names = dataset.files.map((one) => one.name).join(', ');
        throw new AnnealError('artifact_not_found', `data set ${id} has no file '${name}'; it has ${names}`, 'name');
      }
      const key = fileKey(id, name);
      if (dataset.state !== 'uploading') {
        const text = `data set ${id} is ${dataset.state}: it can't be changed any more; create another one`;
        throw new AnnealError('conflict', text);
      }
      if (await blobOf(key)) return;
      await artifacts.putIfAbsent(key, checkedBytes(body, file), CONTENT_TYPE).catch((error: unknown) => {
        // Who was faster has stored the same bytes.
        if (!(error instanceof AnnealError) || error.code !== 'artifact_exists') throw error;
      });
    },
    async complete(id, submit) {
      const { dataset } = await read(id);
      if (dataset.state === 'checking' || dataset.state === 'ready') return dataset;
      const absent = [...(await missing(dataset))];
      if (absent.length > 0) throw notThere(dataset, absent);
      await writeFileList(artifacts, dataset);
      const { data, name } = dataset;
      const spec: InspectSpec = {
        ...{ kind: 'inspect', dataset: id, tags: { dataset: id } },
        ...(name !== null && { name: `check of ${name}`.slice(0, 200) }),
        ...(data && { data: checkedData(data, id) }),
      };
      // After a check that failed it is another job.
      const job = await submit(spec, `${id} ${dataset.check ?? 'first'}`);
      return change(id, (before) =>
        before.check === dataset.check ? { ...before, state: 'checking', error: null, check: job.id } : before,
      );
    },
    async remove(id) {
      await read(id);
      const job = await openJobOn(jobs, id);
      if (job) {
        const text = `data set ${id} is used by ${job.id}, which is ${job.state}; cancel that job, or wait for its end`;
        throw new AnnealError('conflict', text);
      }
      // Nobody starts with it any more, also if this ends in the middle.
      const removing = new AnnealError('data_missing', 'it is being removed; remove it again if it stays').detail();
      const { files } = await change(id, (before) => ({ ...before, state: 'failed', error: removing }));
      await artifacts.remove(listKey(id));
      for (const { name } of files) await artifacts.remove(fileKey(id, name));
      await records.remove(place, id);
    },
  };
}

function notThere({ id }: Dataset, names: readonly string[]): AnnealError {
  const errors = names.map((name) =>
    new AnnealError('data_missing', `${name} has not come; upload it to data set ${id} first`, name).detail(),
  );
  const more = names.length > 1 ? ` (and ${names.length - 1} more)` : '';
  return new AnnealError('data_missing', `${errors[0]!.message}${more}`, names[0], errors);
}
