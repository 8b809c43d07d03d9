/** Files that lie in a folder of this machine already, gzip-compressed or not. */
import { constants } from 'node:fs';
import { access, copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PublishedFile, Source } from './source.ts';

const inflate = promisify(gunzip);

export function folderSource(name: string, from: string): Source {
  return { name, obtain: (folder, { files }) => copyFiles(files, from, folder) };
}

/** Copies each file, and unpacks it where only `name.gz` is there. */
export async function copyFiles(files: readonly PublishedFile[], from: string, folder: string): Promise<void> {
  for (const file of files) {
    const [plain, packed] = [path.join(from, file.name), path.join(from, `${file.name}.gz`)];
    if (await exists(plain)) await copyFile(plain, path.join(folder, file.name), constants.COPYFILE_FICLONE);
    else if (await exists(packed)) await writeUnpacked(file, await readFile(packed), folder);
    else throw new Error(`${from} has no ${file.name}`);
  }
}

/** Unpacks no more than the file's known size: a packed bomb stops there. */
export async function writeUnpacked(file: PublishedFile, packed: Uint8Array, folder: string): Promise<void> {
  await writeFile(path.join(folder, file.name), await inflate(packed, { maxOutputLength: file.bytes }));
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
