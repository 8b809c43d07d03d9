/** Keeps the file that this process writes to within bounds while no service does. */
import { fstatSync, ftruncateSync } from 'node:fs';

const STDOUT = 1;
const EVERY_MILLISECONDS = 10_000;

/** Empties the log when it has outgrown twice the limit that the launcher keeps it to, so the launcher is always first. */
export function boundOwnLog(limitBytes: number): void {
  setInterval(() => {
    try {
      const log = fstatSync(STDOUT);
      if (log.isFile() && log.size > 2 * limitBytes) ftruncateSync(STDOUT, 0);
    } catch {
      // Not a file that can be shortened: whoever reads it bounds it.
    }
  }, EVERY_MILLISECONDS).unref();
}
