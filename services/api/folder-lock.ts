/**
 * One service a folder. The lock is an exclusive lock of SQLite on a file, which the operating system ends with the process,
 * however that ends: a kill -9 leaves nothing stuck. Beside it lies, for people and programs, who serves the folder and where.
 */
import { readFileSync, rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import { DatabaseSync } from '@photostructure/sqlite';

export interface ServerInfo {
  readonly pid: number;
  readonly url: string;
}

export interface FolderLock {
  /** Says where the folder is served. */
  announce(info: ServerInfo): Promise<void>;
  release(): Promise<void>;
}

const infoFile = (folder: string): string => path.join(folder, 'server.json');

/** @throws AnnealError naming the process that serves the folder already */
export function lockFolder(folder: string): FolderLock {
  const database = new DatabaseSync(path.join(folder, 'server.lock'), { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    if (!/locked|busy/i.test(String(cause))) throw cause;
    const other = readServerInfo(folder);
    const who = other ? `process ${other.pid} at ${other.url}` : 'another process that is just starting';
    throw new AnnealError(
      'conflict',
      `${folder} is served already, by ${who}; stop that or choose another folder`,
      null,
      [],
      { cause },
    );
  }
  rmSync(infoFile(folder), { force: true });
  return {
    async announce(info) {
      const draft = `${infoFile(folder)}.${process.pid}.tmp`;
      await writeFile(draft, `${JSON.stringify(info)}\n`, { mode: 0o600 });
      await rename(draft, infoFile(folder));
    },
    async release() {
      await rm(infoFile(folder), { force: true });
      database.close();
    },
  };
}

/** Who serves a folder, or did when it was killed; undefined if nobody is known to. */
export function readServerInfo(folder: string): ServerInfo | undefined {
  try {
    return JSON.parse(readFileSync(infoFile(folder), 'utf8')) as ServerInfo;
  } catch {
    return undefined;
  }
}
