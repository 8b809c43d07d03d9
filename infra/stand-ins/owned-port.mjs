/**
 * Whether a process listens on a port. An answer from the port alone does not say so: between the choice of a free port and its use another
 * process may have taken it, and answers in the place of one that is about to end for that.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';

/** @param {number} pid @param {number} port of this machine @returns {Promise<boolean>} */
export function listens(pid, port) {
  return process.platform === 'linux' ? listensByProc(pid, port) : listensByLsof(pid, port);
}

/** State of a socket that listens, in /proc/net/tcp. */
const LISTEN = '0A';

async function listensByProc(/** @type {number} */ pid, /** @type {number} */ port) {
  const inodes = new Set();
  for (const table of ['tcp', 'tcp6']) {
    const text = await fs.readFile(`/proc/net/${table}`, 'latin1').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTEN && Number.parseInt(local.split(':')[1] ?? '', 16) === port) inodes.add(`socket:[${inode}]`);
    }
  }
  const folder = `/proc/${pid}/fd`;
  const open = await fs.readdir(folder).catch(() => []);
  const links = await Promise.all(open.map((name) => fs.readlink(`${folder}/${name}`).catch(() => '')));
  return links.some((link) => inodes.has(link));
}

async function listensByLsof(/** @type {number} */ pid, /** @type {number} */ port) {
  const args = ['-nP', '-a', '-p', String(pid), `-iTCP:${port}`, '-sTCP:LISTEN', '-t'];
  return promisify(execFile)('/usr/sbin/lsof', args).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}
