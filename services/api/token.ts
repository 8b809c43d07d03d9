/** The token of a service: made at its first start, kept in a file that only its user can read. */
import { randomBytes } from 'node:crypto';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';

export const tokenFile = (folder: string): string => path.join(folder, 'token');

/** Reads the token, or makes one. Whoever calls it holds the folder's lock. @throws AnnealError if the file holds no token */
export async function serviceToken(folder: string): Promise<string> {
  const file = tokenFile(folder);
  const kept = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new AnnealError('internal', `${file} can't be read (${cause.code}); it holds the token of the service`);
  });
  if (kept === undefined) return makeToken(file);
  await chmod(file, 0o600);
  const token = kept.trim();
  if (/^[\w-]{32,}$/.test(token)) return token;
  throw new AnnealError('internal', `${file} holds no token; delete it and start again to get a new one`);
}

/** Written as a whole before it has its name: no reader sees half a token. */
async function makeToken(file: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${token}\n`, { mode: 0o600 });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return token;
}
