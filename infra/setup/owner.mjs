/** Names of what a process owns: `HOST-PID-RANDOM`, by which the leftovers of a dead one are told. */
import { createHash, randomBytes } from 'node:crypto';
import os from 'node:os';

const host = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);

/** What has not been touched for this long belongs to nobody, whatever process has the number now. Milliseconds. */
const LONG = 24 * 3600_000;

/** @type {Set<string>} */
const own = new Set();

/** A name that belongs to this process. */
export function claim() {
  const name = `${host}-${process.pid}-${randomBytes(4).toString('hex')}`;
  own.add(name);
  return name;
}

/** @param {string} name */
export const release = (name) => own.delete(name);

/**
 * Whether the owner of a name is gone: dead, or its number is ours now, or another machine's and silent for a day.
 * @param {string} name @param {number} mtime milliseconds
 */
export function isAbandoned(name, mtime) {
  if (own.has(name)) return false;
  if (Date.now() - mtime > LONG) return true;
  const [machine, pid] = name.split('-');
  if (machine !== host) return false;
  return Number(pid) === process.pid || !isAlive(Number(pid));
}

/** @param {string} name */
export const pidOf = (name) => name.split('-')[1];

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
