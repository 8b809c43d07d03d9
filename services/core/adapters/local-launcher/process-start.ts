/** When a process started: with its number it names one process for good, where the number alone is given to others later. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Start of a living process, comparable only for equality; null if there is none of that number.
 * A process that has ended but has not been waited for yet counts as gone.
 */
export function processStart(pid: number): string | null {
  return process.platform === 'linux' ? startByProc(pid) : startByPs(pid);
}

let bootId: string | undefined;

function startByProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in brackets, may hold anything; state is the first field after it, start time the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${bootId}/${fields[19]}`;
  } catch {
    return null;
  }
}

function startByPs(pid: number): string | null {
  try {
    const text = execFileSync('/bin/ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    const [state = 'Z', ...start] = text.trim().split(/\s+/);
    return state.startsWith('Z') ? null : start.join(' ');
  } catch {
    return null;
  }
}
