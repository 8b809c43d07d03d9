/**
 * Pythons with packages of a requirement file, made once for each user and kept in the cache.
 *
 * A test that needs one and gets a reason instead is skipped with that reason.
 */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { access, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { defaultCacheFolder } from '../../../services/engine/data/cache.ts';

const run = promisify(execFile);

export type PythonEnvironment = { readonly python: string } | { readonly reason: string };

export interface PythonPackages {
  /** Path of the requirement file; every version in it is pinned. */
  readonly requirements: string;
  /** A line of Python that fails unless they work. */
  readonly check: string;
}

/** NumPy, SciPy, safetensors, pyarrow and TensorFlow. */
const oracles: PythonPackages = {
  requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
  check: 'import numpy, scipy, safetensors, pyarrow, tensorflow',
};

/** pip waits for the disk and the network; the wheels weigh some 400 MB. Milliseconds. */
const patience = 20 * 60_000;

const asked = new Map<string, Promise<PythonEnvironment>>();

/** Path of a Python that has the packages, or why there is none. Processes that ask at once share one. */
export function pythonEnvironment(packages: PythonPackages = oracles): Promise<PythonEnvironment> {
  const { requirements } = packages;
  const found =
    asked.get(requirements) ??
    find(packages).catch((error: Error & { stderr?: string }) => ({ reason: reason(error) }));
  asked.set(requirements, found);
  return found;
}

/** Runs a script with the arguments in `sys.argv` and returns what it prints. */
export async function runPython(python: string, script: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '', PYTHONWARNINGS: 'ignore' };
  const { stdout } = await run(python, ['-c', script, ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

async function find(packages: PythonPackages): Promise<PythonEnvironment> {
  const base = await basePython();
  const hash = createHash('sha256')
    .update(await readFile(packages.requirements))
    .update(base.version)
    .digest('hex');
  const folder = path.join(defaultCacheFolder(), 'python', hash.slice(0, 12));
  const python = path.join(folder, 'bin', 'python');
  await mkdir(path.dirname(folder), { recursive: true });
  while (!(await exists(python))) {
    const unlock = await lock(`${folder}.lock`);
    if (unlock === undefined) {
      await pause(500);
      continue;
    }
    try {
      if (!(await exists(python))) await build(base.program, folder, packages);
    } finally {
      await unlock();
    }
  }
  return { python };
}

/** Pythons that the wheels were built for. */
async function basePython(): Promise<{ program: string; version: string }> {
  const probe = 'import ensurepip, venv, sys; print("%d.%d" % sys.version_info[:2])';
  for (const program of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const version = await run(program, ['-c', probe]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
    if (['3.10', '3.11', '3.12', '3.13'].includes(version)) return { program, version };
  }
  throw new Error('no Python 3.10 to 3.13 with venv is on the PATH (Debian: apt install python3-venv)');
}

/** Makes the environment beside its place and moves it there whole. Its `bin/python` finds itself wherever it lies. */
async function build(program: string, folder: string, { requirements, check }: PythonPackages): Promise<void> {
  process.stderr.write(`making a Python environment of the tests in ${folder}: once, a few minutes\n`);
  const staging = `${folder}.${randomUUID()}`;
  const python = path.join(staging, 'bin', 'python');
  try {
    await run(program, ['-m', 'venv', staging]);
    const wheels = await wheelFolders(defaultCacheFolder());
    const links = wheels.flatMap((wheel) => ['--find-links', wheel]);
    const pip = ['-m', 'pip', 'install', '-q', '--no-input', '--only-binary=:all:', ...links, '-r', requirements];
    await run(python, pip, { timeout: patience, maxBuffer: 64 * 1024 * 1024 });
    await run(python, ['-c', check]);
    await rename(staging, folder).catch((error) => {
      if (error.code !== 'ENOTEMPTY') throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Folders of the cache that hold wheels: the set-up has fetched TensorFlow's already. */
async function wheelFolders(cache: string): Promise<string[]> {
  const found = new Set<string>();
  const search = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.name.endsWith('.whl')) found.add(folder);
      else if (entry.isDirectory() && depth > 0) await search(path.join(folder, entry.name), depth - 1);
    }
  };
  await search(cache, 2);
  return [...found];
}

/** Takes a lock file, or returns undefined while a living process holds it. It appears with its owner's number in it. */
async function lock(file: string): Promise<(() => Promise<void>) | undefined> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return () => rm(file, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && !alive(owner)) await rm(file, { force: true });
    return undefined;
  } finally {
    await rm(own, { force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** pip's own last error line, where there is one. */
function reason(error: Error & { stderr?: string }): string {
  const line = error.stderr?.split('\n').findLast((text) => text.startsWith('ERROR:'));
  return `no Python environment: ${line?.slice(7) ?? error.message.split('\n')[0]}`;
}
