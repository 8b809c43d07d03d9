/** Temporary files of processes that are gone. Their names start with the process id: a blob, and its facts as `….facts`. */
import { access, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isCode } from './errors.ts';
import { type BlobFacts, readFacts } from './facts.ts';
import { TEMPORARY } from './keys.ts';
import { settle } from './put.ts';

/** Moves blobs that are in the store to their keys, and removes what never came into it. */
export async function cleanTemporaries(root: string): Promise<void> {
  const folder = path.join(root, TEMPORARY);
  const names = new Set((await readdir(folder)).map((name) => name.replace(/\.facts$/, '')));
  for (const name of names) {
    if (alive(Number(name.split('-')[0]))) continue;
    const draft = path.join(folder, name);
    const key = await storedKey(root, draft, name);
    if (key !== undefined && (await exists(draft))) await settle(root, key, draft);
    else for (const left of [draft, `${draft}.facts`]) await rm(left, { force: true });
  }
}

/** The key under which a blob is in the store; undefined if it is not, or its facts were never written whole. */
async function storedKey(root: string, draft: string, name: string): Promise<string | undefined> {
  try {
    const { key } = JSON.parse(await readFile(`${draft}.facts`, 'utf8')) as BlobFacts;
    return key !== undefined && (await readFacts(root, key))?.draft === name ? key : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
