/**
 * Brings a peer onto this machine, on demand: Python virtual environments in the per-user cache, one for each version of
 * a requirement file. An environment that could not be finished never shows under its name.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCudaStandIns, recipe } from './cuda-stand-ins.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @type {Record<string, { script: string, requirements?: string, check?: string, finish?: (sitePackages: string) => Promise<void>, recipe?: string }>} */
const peers = {
  pytorch: {
    script: 'pytorch.py',
    requirements: 'pytorch.txt',
    check: 'import sys, os; sys.platform == "linux" and sys.setdlopenflags(os.RTLD_LAZY); import torch',
    finish: makeCudaStandIns,
    recipe,
  },
  keras: { script: 'keras_peer.py', requirements: 'keras.txt', check: 'import tensorflow, keras' },
  jax: { script: 'jax_peer.py', requirements: 'jax.txt', check: 'import jax, optax' },
  tfjs: { script: 'tfjs.mjs' },
};

/** The names that `installPeer` and `startPeer` know. */
export const peerNames = Object.keys(peers);

const cacheRoot = () =>
  process.env.ANNEAL_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'anneal');

/**
 * Runs a program to its end.
 * @param {string} command @param {string[]} args
 * @returns {Promise<string>} its stdout
 * @throws {Error} with the last lines of its output if it fails
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    let out = '';
    let all = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      all += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out.trim());
      else
        reject(new Error(`${command} ${args[0]} ended with ${code}: ${all.trim().split('\n').slice(-5).join('\n')}`));
    });
  });
}

/**
 * Makes the peer runnable, which the first time can take minutes (downloads of 100 to 600 MB).
 * @param {string} name one of `peerNames`
 * @param {(line: string) => void} [log] is told what is going on
 * @returns {Promise<{ command: string, args: string[] }>} how to start its process
 * @throws {Error} whose message is the reason why the peer is not available here
 */
export async function installPeer(name, log = () => {}) {
  const peer = peers[name];
  if (!peer) throw new Error(`peer: '${name}' is not known; there are ${peerNames.join(', ')}`);
  const script = join(here, peer.script);
  if (!peer.requirements) return { command: process.execPath, args: [script] };

  const python = process.env.PYTHON ?? 'python3';
  const version = await run(python, [
    '-c',
    'import sysconfig; print(sysconfig.get_platform(), sysconfig.get_python_version())',
  ]);
  const requirements = join(here, 'requirements', peer.requirements);
  const identity = [await readFile(requirements, 'utf8'), peer.recipe ?? '', version].join('\n');
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  const folder = join(cacheRoot(), `peers-${hash}`);
  const command = join(folder, 'bin', 'python');
  if (existsSync(folder)) {
    const alive = await run(command, ['-c', '']).then(
      () => true,
      () => false,
    );
    if (alive) return { command, args: [script] };
    log(`${name}: the Python it was installed with is gone; installing it again`);
    await rm(folder, { recursive: true, force: true });
  }

  log(`${name}: installing into ${folder}; this happens once`);
  const partial = `${folder}.partial-${process.pid}`;
  const partialPython = join(partial, 'bin', 'python');
  try {
    await mkdir(cacheRoot(), { recursive: true });
    await run(python, ['-m', 'venv', partial]);
    // Every version is pinned in the file, so nothing is resolved, and torch's CUDA libraries stay away.
    const quiet = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
    await run(partialPython, ['-m', 'pip', 'install', ...quiet, '-r', requirements]);
    if (peer.finish) {
      await peer.finish(await run(partialPython, ['-c', 'import sysconfig; print(sysconfig.get_path("platlib"))']));
    }
    if (peer.check) await run(partialPython, ['-c', peer.check]);
    await rename(partial, folder).catch((error) => {
      // Another process was faster; its installation is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  log(`${name}: installed`);
  return { command, args: [script] };
}
