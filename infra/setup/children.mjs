/** Programs that the set-up starts. Each has a process group of its own, so that an interrupt ends what it started as well. */
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { interrupted } from './errors.mjs';

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, signal: AbortSignal, timeout?: number }} options timeout in milliseconds
 * @returns {Promise<{ code: number | null, stdout: string, output: string }>} `output` is stdout and stderr as they came;
 *   a program that cannot be started has code 127
 * @throws SetUpError `interrupted`
 */
export function run(program, args, { cwd, env, signal, timeout }) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(interrupted());
    const group = process.platform !== 'win32';
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: group });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    const kill = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(group ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    };
    const timer = timeout === undefined ? undefined : setTimeout(kill, timeout);
    signal.addEventListener('abort', kill, { once: true });
    const end = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      if (signal.aborted) reject(interrupted());
      else resolve({ code, stdout, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', end);
  });
}

/**
 * Where a program lies on the PATH; nothing is started.
 * @param {string} name @param {NodeJS.ProcessEnv} env
 */
export function which(name, env) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = path.isAbsolute(name) ? [''] : (env.PATH ?? env.Path ?? '').split(path.delimiter).filter(Boolean);
  for (const folder of folders)
    for (const suffix of suffixes) {
      const file = path.join(folder, name + suffix);
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) return file;
      } catch {
        // Not here.
      }
    }
  return undefined;
}
