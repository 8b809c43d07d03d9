/** Unfinished blobs of processes that are gone. Their names start with the process id. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

export async function cleanTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(name.split('-')[0]);
    if (!alive(pid)) await rm(path.join(folder, name), { force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
