/** Processes that end with the one that started them. */
import { spawn } from 'node:child_process';
import os from 'node:os';

/**
 * A process that is killed when this one ends, however that happens: its standard input closes then. The shell becomes the program,
 * so that the child's number is the program's own.
 * @param {{ program: string, args: string[] }} command @param {NodeJS.ProcessEnv} env @param {string} [cwd]
 */
export function spawnBound({ program, args }, env, cwd = os.tmpdir()) {
  const script = 'exec 3<&0; (cat <&3 >/dev/null 2>&1; kill -9 $$) >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';
  return spawn('/bin/sh', ['-c', script, 'sh', program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
