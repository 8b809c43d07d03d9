/** What is known of a blob: one small JSON file, as `.facts/KEY.json`. A blob is in the store if and only if its facts are. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import { FACTS } from './keys.ts';

export interface BlobFacts {
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
  /** Absent, as `draft` is, where an early version stored the blob. */
  readonly key?: string;
  /** Name of the temporary file that the blob is in until it is moved to its key. */
  readonly draft?: string;
}

export const factsFile = (root: string, key: string): string => path.join(root, FACTS, `${key}.json`);

/** Null if there is no such blob. @throws AnnealError data_damaged */
export async function readFacts(root: string, key: string): Promise<BlobFacts | null> {
  const text = await readFile(factsFile(root, key), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as BlobFacts;
  } catch (cause) {
    throw new AnnealError('data_damaged', `what is known of artifact ${key} is damaged`, null, [], { cause });
  }
}
