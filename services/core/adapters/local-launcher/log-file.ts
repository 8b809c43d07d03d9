/** The log of a job's runners: one file that all of them append to, kept below a limit by dropping its oldest lines. */
import {
  closeSync,
  createReadStream,
  fstatSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';

/** Last lines of a log: what says why a runner ended. */
const TAIL_BYTES = 4096;
const TAIL_LINES = 20;

/**
 * Drops the older half of a log that has outgrown its limit. Runners append while this happens (their descriptors are in append mode);
 * a line written at that very moment may be lost, never a later one. A log that can't be shortened now is at the next look.
 */
export function boundLog(file: string, limitBytes: number): void {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= limitBytes) return;
    const kept = lastBytes(file, Math.floor(limitBytes / 2));
    const whole = kept.subarray(kept.indexOf('\n') + 1);
    truncateSync(file, 0);
    writeFileSync(file, Buffer.concat([Buffer.from('… earlier lines were dropped\n'), whole]), { flag: 'a' });
  } catch {
    // The disk is full or the file is gone: no reason to end the service.
  }
}

/** The last lines, or the empty string. */
export function tailOf(file: string): string {
  try {
    const lines = lastBytes(file, TAIL_BYTES).toString('utf8').trimEnd().split('\n');
    return lines.slice(-TAIL_LINES).join('\n');
  } catch {
    return '';
  }
}

/** All of a log; nothing if there is none. */
export async function* readLog(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function lastBytes(file: string, count: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, count));
    const read = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.subarray(0, read);
  } finally {
    closeSync(descriptor);
  }
}
