/** The blobs of an uploaded data set: its files, and the list of them, which is written once all have come. Runners read only these. */
import { createHash } from 'node:crypto';
import { AnnealError, type Dataset } from '@anneal/schemas';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/** A file as it was named when the data set was created. */
export type NamedBlob = Pick<Dataset['files'][number], 'name' | 'size' | 'sha256'>;

export const CONTENT_TYPE = 'application/octet-stream';

export const fileKey = (id: string, name: string): string => `datasets/${id}/files/${name}`;
export const listKey = (id: string): string => `datasets/${id}/files.json`;

/** The files of a data set that has been completed. @throws AnnealError data_missing, data_damaged, store_unavailable */
export async function readFileList(store: ArtifactStore, id: string): Promise<readonly NamedBlob[]> {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await store.get(listKey(id))).body) chunks.push(chunk);
    return JSON.parse(Buffer.concat(chunks).toString()) as NamedBlob[];
  } catch (error) {
    if (!(error instanceof AnnealError) || error.code !== 'artifact_not_found') throw error;
    const message = `data.dataset: the data set ${id} is not there any more; upload its files again`;
    throw new AnnealError('data_missing', message, 'data.dataset', [], { cause: error });
  }
}

/** Writes the list; one that is there is the same, since a data set never changes. @throws AnnealError */
export async function writeFileList(store: ArtifactStore, { id, files }: Dataset): Promise<void> {
  const list = files.map(({ name, size, sha256 }): NamedBlob => ({ name, size, sha256 }));
  try {
    await store.putIfAbsent(listKey(id), Buffer.from(JSON.stringify(list)), 'application/json');
  } catch (error) {
    if (!(error instanceof AnnealError) || error.code !== 'artifact_exists') throw error;
  }
}

/**
 * The bytes of a file as they come, which end with an error if they are others than was said: what is made of them is not kept then.
 * @throws AnnealError data_damaged
 */
export async function* checkedBytes(
  body: AsyncIterable<Uint8Array>,
  { name, size, sha256 }: NamedBlob,
): AsyncGenerator<Uint8Array, void> {
  const damaged = (text: string) => new AnnealError('data_damaged', `${name}: ${text}`, name);
  const hash = createHash('sha256');
  let come = 0;
  for await (const chunk of body) {
    come += chunk.byteLength;
    if (come > size) throw damaged(`more than the ${size} bytes came that the data set was created with`);
    hash.update(chunk);
    yield chunk;
  }
  if (come < size) throw damaged(`${come} bytes came, but the data set was created with ${size}`);
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw damaged(`the bytes have the SHA-256 ${found}, but the data set was created with ${sha256}`);
}
