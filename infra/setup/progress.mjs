/** Says what is happening and what it took. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { megabytes } from './errors.mjs';

/** @param {number} start `performance.now()` */
export const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * @template T
 * @param {(line: string) => void} log
 * @param {string} title 'compiling the binding'
 * @param {() => Promise<T>} work
 */
export async function step(log, title, work) {
  const start = performance.now();
  log(`${title} …`);
  const result = await work();
  log(`  done in ${secondsSince(start)}`);
  return result;
}

/** Between two lines about a download. Milliseconds. */
const INTERVAL = 10_000;

/**
 * While `work` fills a folder, says now and then how far it is.
 * @template T
 * @param {(line: string) => void} log
 * @param {string} folder
 * @param {number} total bytes
 * @param {() => Promise<T>} work
 */
export async function watchFolder(log, folder, total, work) {
  const timer = setInterval(async () => {
    const bytes = await largestFile(folder).catch(() => 0);
    log(`  ${megabytes(Math.min(bytes, total))} of ${megabytes(total)}`);
  }, INTERVAL);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} folder */
async function largestFile(folder) {
  let largest = 0;
  for (const entry of await fs.readdir(folder, { recursive: true })) {
    const { size } = await fs.stat(path.join(folder, entry)).catch(() => ({ size: 0 }));
    largest = Math.max(largest, size);
  }
  return largest;
}
