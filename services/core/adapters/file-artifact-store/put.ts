/**
 * Storing and removing. A blob and its facts are written to temporary files and flushed; then the facts are *linked* into place. That
 * one step puts the blob into the store, and fails if the key is taken, so there is one winner. Last, the blob moves to its key. A
 * writer killed before the link leaves nothing but temporary files; one killed after it leaves the blob in the temporary file that
 * its facts name: readers look there too, and the next opening of the store moves it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BlobInfo } from '../../ports/artifact-store.ts';
import { explain, isCode, nested } from './errors.ts';
import { type BlobFacts, factsFile, readFacts } from './facts.ts';
import { FACTS, fileOf, TEMPORARY } from './keys.ts';

/** Bytes hashed and written between two turns of the event loop. */
const PIECE = 1 << 20;
/** Folders that others may remove, because they became empty, while a file is being put into one. */
const TRIES = 20;

export async function putIfAbsent(
  root: string,
  key: string,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<BlobInfo> {
  const file = fileOf(root, key);
  // Spares the writing of bytes that can't be stored; who wins is decided by the link.
  if (await readFacts(root, key)) throw explain({ code: 'EEXIST' }, key);
  const name = `${process.pid}-${randomUUID()}`;
  const draft = path.join(root, TEMPORARY, name);
  let stored = false;
  try {
    const written = { ...(await write(draft, body)), contentType };
    const facts: BlobFacts = { ...written, key, draft: name };
    await writeFile(`${draft}.facts`, JSON.stringify(facts), { flush: true, mode: 0o600 });
    await flushFolder(path.dirname(draft));
    await makeFolder(file, key);
    await inFolder(factsFile(root, key), (to) => link(`${draft}.facts`, to));
    await flushFolder(path.dirname(factsFile(root, key))).catch(async (error) => {
      await rm(factsFile(root, key), { force: true });
      throw error;
    });
    stored = true;
    await settle(root, key, draft);
    return { key, ...written };
  } catch (error) {
    // ENOENT and its like are of the body's source, or of a store that has been deleted: not of this key.
    throw isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR') ? error : explain(error, key);
  } finally {
    if (!stored) await Promise.all([draft, `${draft}.facts`].map((left) => rm(left, { force: true })));
  }
}

async function write(draft: string, body: Uint8Array | AsyncIterable<Uint8Array>) {
  const file = await open(draft, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      for (let start = 0; start < chunk.byteLength; start += PIECE) {
        const piece = chunk.subarray(start, start + PIECE);
        hash.update(piece);
        size += piece.byteLength;
        await file.writeFile(piece);
      }
    }
    await file.sync();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Makes the folder of a blob, while a full disk or a key that is no file can still be told. */
async function makeFolder(file: string, key: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw isCode(error, 'EEXIST', 'ENOTDIR') ? nested(key) : error;
  }
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw nested(key);
}

/** Moves a stored blob from its temporary file to its key. If that fails the blob is read where it is, until the next opening. */
export async function settle(root: string, key: string, draft: string): Promise<void> {
  try {
    await inFolder(fileOf(root, key), (to) => rename(draft, to));
    await rm(`${draft}.facts`, { force: true });
  } catch {}
}

/** Acts on a file whose folder may not be there yet. */
async function inFolder(file: string, act: (file: string) => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      return await act(file);
    } catch (error) {
      if (!isCode(error, 'ENOENT') || tries === TRIES) throw error;
    }
  }
}

/** Lets the names in a folder outlive a power cut. Windows can't, and needs not. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** The facts first: what has none is not in the store. Folders that become empty go too. */
export async function remove(root: string, key: string): Promise<void> {
  const file = fileOf(root, key);
  const facts = await readFacts(root, key);
  await rm(factsFile(root, key), { force: true });
  await rm(file, { force: true });
  if (facts?.draft) await rm(path.join(root, TEMPORARY, path.basename(facts.draft)), { force: true });
  await removeEmpty(root, path.dirname(file));
  await removeEmpty(path.join(root, FACTS), path.dirname(factsFile(root, key)));
}

async function removeEmpty(top: string, folder: string): Promise<void> {
  try {
    for (let empty = folder; empty !== top; empty = path.dirname(empty)) await rmdir(empty);
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR')) throw error;
  }
}
