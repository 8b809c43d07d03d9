/** Files at the publisher's own address, or at a mirror the publisher names, by HTTPS. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeUnpacked } from './folder.ts';
import type { PublishedFile, Source } from './source.ts';

/** Longest time for one file: seconds. */
const patience = 300;

/** @param base address of the folder that holds `name.gz` of each file; ends in `/` */
export function publisher(base: string): Source {
  const { host } = new URL(base);
  return {
    name: `the publisher's address ${host}`,
    async obtain(folder, { files, log }) {
      for (const file of files) {
        log(`fetching ${file.name} from ${host}`);
        await writeUnpacked(file, await download(new URL(`${file.name}.gz`, base), file), folder);
      }
    },
  };
}

/** Files as the publisher has them, kept packed. @param base as above */
export function publishedAsIs(base: string): Source {
  const { host } = new URL(base);
  return {
    name: `the publisher's address ${host}`,
    async obtain(folder, { files, log }) {
      for (const file of files) {
        log(`fetching ${file.name}, ${Math.round(file.bytes / 1e6)} MB, from ${host}`);
        await writeFile(path.join(folder, file.name), await download(new URL(file.name, base), file));
      }
    },
  };
}

async function download(address: URL, file: PublishedFile): Promise<Uint8Array> {
  const response = await fetch(address, { signal: AbortSignal.timeout(patience * 1000) }).catch((cause) => {
    throw new Error(explain(cause), { cause });
  });
  if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status} for ${file.name}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > file.bytes + 1024) throw new Error(`${file.name} is larger than it can be`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** fetch says only "fetch failed"; the reason is the cause. */
function explain(error: Error & { cause?: { code?: string; message?: string } }): string {
  if (error.name === 'TimeoutError') return `no answer within ${patience} s`;
  return error.cause?.code ?? error.cause?.message ?? error.message;
}
