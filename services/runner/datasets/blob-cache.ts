/**
 * Files of data sets in the user's cache, each under its SHA-256: `SHA256` once it is whole, a draft beside it before. A file comes into
 * place by one rename; runners that fetch the same at once do the same work, and whose rename is the last has replaced equal bytes. What
 * was not used for the longest goes first when there is too much.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactStore } from '@anneal/core';
import type { NamedBlob } from '@anneal/core/datasets/files.ts';
import { AnnealError } from '@anneal/schemas';

export interface BlobCacheOptions {
  readonly artifacts: ArtifactStore;
  readonly signal: AbortSignal;
  /** Bytes that may stay. */
  readonly keepBytes: number;
}

export interface BlobCache {
  /** Frees what the files that are not here will need. @throws AnnealError disk_full saying how much there is */
  makeRoom(files: readonly NamedBlob[]): Promise<void>;
  /** Acts on a file, fetched from the store if it isn't here, checked on its way. Returns the bytes that were fetched.
   *  @throws AnnealError data_missing, data_damaged, disk_full, store_unavailable; the signal's reason */
  with(file: NamedBlob, key: string, act: (file: string) => Promise<void>): Promise<number>;
}

/** Bytes of the disk that are left to others. */
const RESERVE = 256 * 2 ** 20;
/** Milliseconds after which a draft is of a process that died. */
const DEAD = 86_400_000;
/** Another runner may remove a file to make room, just before it is used. */
const TRIES = 5;

export function blobCache(folder: string, { artifacts, signal, keepBytes }: BlobCacheOptions): BlobCache {
  const placeOf = ({ sha256 }: NamedBlob): string => path.join(folder, sha256);

  async function isHere(file: NamedBlob): Promise<boolean> {
    const found = await stat(placeOf(file)).catch(() => undefined);
    return found?.size === file.size;
  }

  async function fetch(file: NamedBlob, key: string): Promise<void> {
    const draft = path.join(folder, `.${file.sha256}.${randomUUID()}`);
    try {
      const handle = await open(draft, 'wx', 0o600);
      try {
        const hash = createHash('sha256');
        const { body } = await artifacts.get(key).catch((error: unknown) => {
          throw gone(error, file.name);
        });
        for await (const chunk of body) {
          signal.throwIfAborted();
          hash.update(chunk);
          await handle.writeFile(chunk);
        }
        const found = hash.digest('hex');
        if (found !== file.sha256) throw damaged(file, found);
      } finally {
        await handle.close();
      }
      await rename(draft, placeOf(file));
    } catch (error) {
      throw fullDisk(error, folder) ?? error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  return {
    async makeRoom(files) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const absent = new Map<string, number>();
      for (const file of files) if (!(await isHere(file))) absent.set(file.sha256, file.size);
      const needed = [...absent.values()].reduce((sum, size) => sum + size, 0);
      if (needed === 0) return;
      const wanted = new Set(files.map(({ sha256 }) => sha256));
      const kept = await keptFiles(folder);
      let bytes = kept.reduce((sum, { size }) => sum + size, 0);
      let free = await freeBytes(folder);
      for (const { name, size, links } of kept) {
        if (bytes + needed <= keepBytes && free >= needed + RESERVE) return;
        // One with a second name is in use: removing it frees nothing.
        if (wanted.has(name) || links > 1) continue;
        await rm(path.join(folder, name), { force: true });
        bytes -= size;
        free += size;
      }
      if (free >= needed + RESERVE) return;
      const text = `its files need ${mebibytes(needed)}, but the disk that holds ${folder} has ${mebibytes(free)} free`;
      throw new AnnealError('disk_full', `data.dataset: ${text}; ${ADVICE}`, 'data.dataset');
    },
    async with(file, key, act) {
      for (let tries = 1, fetched = 0; ; tries++) {
        signal.throwIfAborted();
        if (!(await isHere(file))) {
          await fetch(file, key);
          fetched += file.size;
        }
        try {
          const now = new Date();
          await utimes(placeOf(file), now, now);
          await act(placeOf(file));
          return fetched;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === TRIES) throw error;
        }
      }
    },
  };
}

/** Whole files, those that were used longest ago first. Drafts of processes that died go. */
async function keptFiles(folder: string) {
  const kept: { name: string; size: number; usedAt: number; links: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (!found) continue;
    if (!name.startsWith('.')) kept.push({ name, size: found.size, usedAt: found.mtimeMs, links: found.nlink });
    else if (Date.now() - found.mtimeMs > DEAD) await rm(file, { force: true });
  }
  return kept.sort((a, b) => a.usedAt - b.usedAt);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const ADVICE = 'free some space, or name a folder on another disk in ANNEAL_CACHE';
const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en-US')} MiB`;

/** The error of a full disk; undefined for others. */
export function fullDisk(error: unknown, folder: string): AnnealError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  const message = `data.dataset: the disk that holds ${folder} is full; ${ADVICE}`;
  return new AnnealError('disk_full', message, 'data.dataset', [], { cause: error });
}

function gone(error: unknown, name: string): unknown {
  if (!(error instanceof AnnealError) || error.code !== 'artifact_not_found') return error;
  const message = `data.dataset: the file ${name} of the data set is not there any more; upload it again`;
  return new AnnealError('data_missing', message, 'data.dataset', [], { cause: error });
}

const damaged = ({ name, sha256 }: NamedBlob, found: string): AnnealError => {
  const text = `${name} has the SHA-256 ${found} in the store, but ${sha256} in the data set; upload it again`;
  return new AnnealError('data_damaged', `data.dataset: ${text}`, 'data.dataset');
};
