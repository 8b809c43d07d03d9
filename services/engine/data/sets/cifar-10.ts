/**
 * CIFAR-10: 60,000 colour pictures of things and animals, 32 x 32, fetched from their publisher as one archive and kept so.
 *
 * Source: Krizhevsky 2009, "Learning multiple layers of features from tiny images", https://www.cs.toronto.edu/~kriz/cifar.html.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseTar } from 'nanotar';
import { type CacheOptions, entryFolder, entrySource, fetchIntoCache } from '../cache.ts';
import { cifarImages, cifarRecords } from '../read-cifar.ts';
import { publishedAsIs } from '../sources/publisher.ts';
import type { PublishedFile } from '../sources/source.ts';
import type { Published } from './published-set.ts';

export interface CifarArchive extends Published {
  readonly files: { readonly archive: PublishedFile };
}

export const cifar10: CifarArchive = {
  name: 'cifar-10',
  files: {
    archive: {
      name: 'cifar-10-binary.tar.gz',
      bytes: 170_052_171,
      sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    },
  },
  sources: [publishedAsIs('https://www.cs.toronto.edu/~kriz/')],
};

const classNames = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const TRAINING = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
const TEST = ['test_batch.bin'];
/** Unpacked, it has 184 MB: more is no archive of the publisher's. */
const MOST_BYTES = 200_000_000;

/** Fetches the archive where the cache has none or a damaged one, and unpacks it in memory. @throws AnnealError `data_missing`, `disk_full` */
export async function loadCifar10(set: CifarArchive, options: CacheOptions) {
  const packed = await readEntry(set, options).catch(async (error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'not in the cache yet' : `fetched anew (${error.message})`;
    options.log(`${set.name}: ${why}`);
    await fetchIntoCache(set, options);
    return readEntry(set, options);
  });
  const entries = parseTar(await promisify(gunzip)(packed, { maxOutputLength: MOST_BYTES }));
  const recordsOf = (name: string) => {
    const data = entries.find((entry) => path.posix.basename(entry.name) === name)?.data;
    return cifarRecords(data ?? new Uint8Array(0), 'cifar-10', name, 'data.type');
  };
  const images = cifarImages(TRAINING.map(recordsOf), TEST.map(recordsOf), 'cifar-10');
  return { ...images, classNames, source: await entrySource(entryFolder(set, options.cacheFolder)) };
}

async function readEntry({ name, files, sources }: CifarArchive, { cacheFolder }: CacheOptions): Promise<Uint8Array> {
  const entry = entryFolder({ name, files, sources }, cacheFolder);
  const bytes = await readFile(path.join(entry, files.archive.name));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== files.archive.sha256) throw new Error('the copy in the cache is damaged');
  return bytes;
}
