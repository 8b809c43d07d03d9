/**
 * The files of the data sets that a job reads, brought from the store of artifacts to this machine: a folder of the job's own, with a
 * folder for each data set in it. Its files are links into the cache, so that nobody can take them away while the job runs.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactStore } from '@anneal/core';
import { fileKey, readFileList } from '@anneal/core/datasets/files.ts';
import { blobCache, fullDisk } from './blob-cache.ts';

export interface PlaceOptions {
  readonly artifacts: ArtifactStore;
  /** Ids, each once. */
  readonly datasets: readonly string[];
  /** Of the user; the files are kept in `uploads` in it. */
  readonly cacheFolder: string;
  /** Bytes of files that may stay for other jobs. */
  readonly keepBytes: number;
  readonly log: (line: string) => void;
  /** Aborted when the job is to stop. */
  readonly signal: AbortSignal;
}

export interface Placed {
  /** Holds a folder for each data set, called by its id. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Folders of jobs say that they are in use every so many milliseconds; those that have not for a day are of processes that died. */
const SIGN_OF_LIFE = 3600_000;
const DEAD = 86_400_000;

/** @throws AnnealError `data_missing`, `data_damaged`, `disk_full`, `store_unavailable`; the signal's reason */
export async function placeDatasets(options: PlaceOptions): Promise<Placed> {
  const { cacheFolder } = options;
  const jobs = path.join(cacheFolder, 'uploads', 'jobs');
  const folder = path.join(jobs, randomUUID());
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeDead(jobs);
  } catch (error) {
    throw fullDisk(error, cacheFolder) ?? error;
  }
  const living = setInterval(() => void utimes(folder, new Date(), new Date()).catch(() => undefined), SIGN_OF_LIFE);
  living.unref();
  const remove = async (): Promise<void> => {
    clearInterval(living);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const id of options.datasets) await placeOne(id, path.join(folder, id), options);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function placeOne(id: string, folder: string, options: PlaceOptions): Promise<void> {
  const { artifacts, log, signal, cacheFolder, keepBytes } = options;
  const start = performance.now();
  const files = await readFileList(artifacts, id);
  const cache = blobCache(path.join(cacheFolder, 'uploads', 'files'), { artifacts, signal, keepBytes });
  await cache.makeRoom(files);
  let fetched = 0;
  for (const file of files) {
    const to = path.join(folder, ...file.name.split('/'));
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    fetched += await cache.with(file, fileKey(id, file.name), (from) => linkOrCopy(from, to, cacheFolder));
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const size = `${(fetched / 2 ** 20).toFixed(1)} MiB`;
  log(
    fetched === 0
      ? `the files of ${id} are here already`
      : `fetched ${size} of ${id} (${files.length} file${files.length === 1 ? '' : 's'}) in ${seconds} s`,
  );
}

async function linkOrCopy(from: string, to: string, cacheFolder: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Not every file system has links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EMLINK') throw error;
    await copyFile(from, to).catch((cause: unknown) => {
      throw fullDisk(cause, cacheFolder) ?? cause;
    });
  }
}

async function removeDead(jobs: string): Promise<void> {
  for (const name of await readdir(jobs)) {
    const folder = path.join(jobs, name);
    const found = await stat(folder).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > DEAD) await rm(folder, { recursive: true, force: true });
  }
}
