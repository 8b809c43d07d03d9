/**
 * Artifacts as files under their own names, and beside them, in `.facts`, what is known of each: size, hash and type. A blob is written
 * to a temporary file, flushed and then linked to its name: `link` fails if the name is taken, so there is one winner. Readers see it
 * once its facts are there, which is the next system call.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';
import type { ArtifactStore, BlobInfo } from '../../ports/artifact-store.ts';
import { type BlobFacts, factsFile, readFacts } from './facts.ts';
import { fileOf, INNER, keyOf, TEMPORARY } from './keys.ts';
import { cleanTemporaries } from './temporaries.ts';

/** Bytes read at once. */
const CHUNK = 256 * 1024;
/** A blob without facts that is older than this has lost its writer. */
const ORPHAN_MILLISECONDS = 60_000;

/** Opens the store in a folder, made if it isn't there, and removes what killed writers left. */
export async function fileArtifactStore(root: string): Promise<ArtifactStore> {
  const temporary = path.join(root, TEMPORARY);
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  await cleanTemporaries(temporary);

  async function putIfAbsent(
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<BlobInfo> {
    const file = fileOf(root, key);
    const draft = path.join(temporary, `${process.pid}-${randomUUID()}`);
    try {
      const facts = await write(draft, body, contentType);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await mkdir(path.dirname(factsFile(root, key)), { recursive: true, mode: 0o700 });
      await writeFile(`${draft}.facts`, JSON.stringify(facts), { flush: true, mode: 0o600 });
      await linkOnce(draft, file, key);
      await rename(`${draft}.facts`, factsFile(root, key)).catch(async (error: unknown) => {
        await rm(file, { force: true });
        throw error;
      });
      return { key, ...facts };
    } catch (error) {
      throw explain(error, key);
    } finally {
      await Promise.all([draft, `${draft}.facts`].map((name) => rm(name, { force: true })));
    }
  }

  /** A blob without facts that is not new was left by a writer that was killed between two system calls: it makes way. */
  async function linkOnce(draft: string, file: string, key: string): Promise<void> {
    try {
      await link(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || (await readFacts(root, key))) throw error;
      const { ctimeMs } = await stat(file);
      if (Date.now() - ctimeMs < ORPHAN_MILLISECONDS) throw error;
      await rm(file, { force: true });
      await link(draft, file);
    }
  }

  async function head(key: string): Promise<BlobInfo> {
    const file = fileOf(root, key);
    const facts = await readFacts(root, key);
    if (!facts) throw explain({ code: 'ENOENT' }, key);
    const size = await stat(file).then(
      (found) => found.size,
      (error) => Promise.reject(explain(error, key)),
    );
    if (size !== facts.size)
      throw new AnnealError('data_damaged', `artifact ${key} has ${size} bytes, it was stored with ${facts.size}`);
    return { key, ...facts };
  }

  return {
    putIfAbsent,
    head,
    get: async (key, range) => {
      const info = await head(key);
      if (range && (range.start >= info.size || range.start < 0)) {
        throw new AnnealError(
          'range_not_satisfiable',
          `${key} has ${info.size} bytes; the range starts at ${range.start}`,
        );
      }
      const end = Math.min(range?.end ?? info.size - 1, info.size - 1);
      const body = read(root, info, range?.start ?? 0, end, !range || (range.start === 0 && end === info.size - 1));
      return { info, body };
    },
    remove: async (key) => {
      await rm(factsFile(root, key), { force: true });
      await rm(fileOf(root, key), { force: true });
    },
    list: async function* (prefix) {
      for await (const file of walk(root, prefix)) {
        try {
          yield await head(keyOf(root, file));
        } catch (error) {
          // Removed since the folder was read.
          if (!(error instanceof AnnealError && error.code === 'artifact_not_found')) throw error;
        }
      }
    },
  };
}

async function write(
  draft: string,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<BlobFacts> {
  const file = await open(draft, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      hash.update(chunk);
      size += chunk.byteLength;
      await file.writeFile(chunk);
    }
    await file.sync();
    return { size, sha256: hash.digest('hex'), contentType };
  } finally {
    await file.close();
  }
}

async function openBlob(root: string, key: string) {
  try {
    return await open(fileOf(root, key), 'r');
  } catch (error) {
    throw explain(error, key);
  }
}

async function* read(
  root: string,
  info: BlobInfo,
  start: number,
  end: number,
  whole: boolean,
): AsyncIterable<Uint8Array> {
  const file = await openBlob(root, info.key);
  try {
    const hash = createHash('sha256');
    for (let at = start; at <= end; ) {
      const chunk = new Uint8Array(Math.min(CHUNK, end + 1 - at));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
      if (bytesRead === 0)
        throw new AnnealError('data_damaged', `artifact ${info.key} is shorter than its ${info.size} bytes`);
      const part = chunk.subarray(0, bytesRead);
      hash.update(part);
      at += bytesRead;
      yield part;
    }
    if (whole && hash.digest('hex') !== info.sha256) {
      throw new AnnealError(
        'data_damaged',
        `artifact ${info.key} is damaged: its bytes do not have the SHA-256 they were stored with`,
      );
    }
  } finally {
    await file.close();
  }
}

/** Files under a key prefix, in the order of their keys. */
async function* walk(root: string, prefix: string): AsyncIterable<string> {
  const folder = path.join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const named = entries.map((entry) => ({ entry, name: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  for (const { entry } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (INNER.includes(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const key = keyOf(root, file);
    if (entry.isDirectory()) {
      if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`))
        yield* walk(root, prefix.startsWith(`${key}/`) ? prefix : `${key}/`);
    } else if (key.startsWith(prefix)) yield file;
  }
}

function explain(cause: unknown, key: string): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return new AnnealError('artifact_exists', `artifact ${key} exists already, and artifacts never change`);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
    return new AnnealError('artifact_not_found', `there is no artifact ${key}`);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AnnealError('disk_full', `the disk is full: artifact ${key} could not be stored`, null, [], {
      cause: cause as Error,
    });
  if (code === 'EIO' || code === 'EACCES' || code === 'EROFS' || code === 'EMFILE') {
    return new AnnealError('store_unavailable', `artifact ${key} can't be reached (${code})`, null, [], {
      cause: cause as Error,
    });
  }
  return cause;
}
