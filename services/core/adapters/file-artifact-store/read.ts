/** Reading, checked. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import { blobRange, damagedBytes } from '../../blob-range.ts';
import type { ArtifactStore, BlobInfo } from '../../ports/artifact-store.ts';
import { explain, isCode } from './errors.ts';
import { readFacts } from './facts.ts';
import { fileOf, TEMPORARY } from './keys.ts';

/** Bytes read at once. */
const CHUNK = 256 * 1024;

export async function head(root: string, key: string): Promise<BlobInfo> {
  const file = await openBlob(root, key);
  try {
    const { size } = await file.handle.stat();
    if (size === file.info.size) return file.info;
    throw new AnnealError('data_damaged', `artifact ${key} has ${size} bytes, it was stored with ${file.info.size}`);
  } finally {
    await file.handle.close();
  }
}

export async function get(
  root: string,
  key: string,
  range?: { start: number; end?: number },
): ReturnType<ArtifactStore['get']> {
  const info = await head(root, key);
  const { start, end } = blobRange(info, range);
  return { info, body: read(root, info, start, end) };
}

/** Opens the blob when its first bytes are asked for, so that a body nobody reads holds no file. */
async function* read(root: string, info: BlobInfo, start: number, end: number): AsyncIterable<Uint8Array> {
  const { handle } = await openBlob(root, info.key);
  try {
    const hash = createHash('sha256');
    for (let at = start; at <= end; ) {
      const chunk = new Uint8Array(Math.min(CHUNK, end + 1 - at));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0)
        throw new AnnealError('data_damaged', `artifact ${info.key} is shorter than its ${info.size} bytes`);
      const part = chunk.subarray(0, bytesRead);
      hash.update(part);
      at += bytesRead;
      yield part;
    }
    const whole = start === 0 && end === info.size - 1;
    if (whole && hash.digest('hex') !== info.sha256) throw damagedBytes(info.key);
  } finally {
    await handle.close();
  }
}

/** Opens a blob at its key or, if its writer has not moved it there yet, in its temporary file.
 *  @throws AnnealError artifact_not_found, data_damaged */
async function openBlob(root: string, key: string): Promise<{ info: BlobInfo; handle: FileHandle }> {
  const file = fileOf(root, key);
  const facts = await readFacts(root, key);
  if (!facts) throw explain({ code: 'ENOENT' }, key);
  const { size, sha256, contentType, draft } = facts;
  const places = draft === undefined ? [file] : [file, path.join(root, TEMPORARY, path.basename(draft)), file];
  for (const place of places) {
    try {
      return { info: { key, size, sha256, contentType }, handle: await open(place, 'r') };
    } catch (error) {
      if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw explain(error, key);
    }
  }
  // Removed just now, or somebody has deleted the file.
  if (!(await readFacts(root, key))) throw explain({ code: 'ENOENT' }, key);
  throw new AnnealError('data_damaged', `artifact ${key} has lost its bytes`);
}
