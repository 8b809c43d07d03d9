/**
 * Launcher of processes on this machine. A runner is a process of its own session: it outlives the service, however that ends, and
 * the next life of the service finds it by its record. Its outputs go straight into a file, so it needs nobody to read them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AnnealError } from '@anneal/schemas';
import { exitCodes } from '../../exit-codes.ts';
import type { Exit, Launched, Launcher } from '../../ports/launcher.ts';
import { boundLog, readLog, tailOf } from './log-file.ts';
import { processStart } from './process-start.ts';
import { handleOf, isAlive, type RunnerRecord, readRecords, removeRecord, writeRecord } from './runner-record.ts';

export interface LocalLauncherOptions {
  /** Of the service; gets `runners/` and `logs/`. */
  readonly folder: string;
  /** The runner's program, run by this Node as `node ENTRY --job ID`; the one in dist/ when left out. */
  readonly entry?: string;
  /** Flags of Node for it. */
  readonly execArgv?: readonly string[];
  /** Added to the environment of this process: where the stores are (ANNEAL_STORE, ANNEAL_ARTIFACTS) and the data (ANNEAL_DATA). */
  readonly env?: Readonly<Record<string, string>>;
  /** What the log of a job may hold. */
  readonly logBytes?: number;
}

export interface LocalLauncher extends Launcher {
  /** Watches over the runners no longer: they go on, and this process may end. */
  close(): void;
}

interface Runner {
  readonly record: RunnerRecord;
  readonly gone: Promise<void>;
  readonly end: (how: string, refused?: boolean) => void;
  /** Whether it was asked to leave. */
  asked: boolean;
}

const LOG_BYTES = 10 * 2 ** 20;
/** Milliseconds between two looks at runners that are no children of this process, and at the size of the logs. */
const WATCH_EVERY = 250;
/** Milliseconds that a runner left over from before gets to leave when its job is launched again. */
const LEFTOVER_GRACE = 2000;

export function localLauncher(options: LocalLauncherOptions): LocalLauncher {
  const entry = options.entry ?? builtRunner();
  const recordFolder = join(options.folder, 'runners');
  const limit = options.logBytes ?? LOG_BYTES;
  const logFile = (jobId: string): string => join(options.folder, 'logs', `${jobId}.log`);
  const listeners = new Set<(exit: Exit) => void>();
  /** All runners that live, by job. */
  const runners = new Map<string, Runner>();
  const children = new Set<ChildProcess>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  /** Runners whose end is not told by the system, as they are no children of this process. */
  const adopted = new Set<Runner>();

  function watch(record: RunnerRecord): Runner {
    let resolve = (): void => undefined;
    const gone = new Promise<void>((done) => {
      resolve = done;
    });
    const end = (how: string, refused = false): void => {
      removeRecord(recordFolder, record);
      adopted.delete(runner);
      if (runners.get(record.jobId) === runner) runners.delete(record.jobId);
      if (runners.size === 0) timer = void clearInterval(timer);
      resolve();
      boundLog(logFile(record.jobId), limit);
      const { jobId, launch } = record;
      const said = { how, tail: tailOf(logFile(jobId)), interrupted: runner.asked, refused };
      const exit = { jobId, launch, handle: handleOf(record), ...said };
      for (const listener of listeners) listener(exit);
    };
    const runner: Runner = { record, gone, end, asked: false };
    runners.set(record.jobId, runner);
    if (!closed) timer ??= setInterval(lookAround, WATCH_EVERY);
    return runner;
  }

  function lookAround(): void {
    for (const runner of adopted) if (!isAlive(runner.record)) runner.end('an end that nobody saw');
    for (const jobId of runners.keys()) boundLog(logFile(jobId), limit);
  }

  async function stop(jobId: string, graceMilliseconds: number, upTo = Number.POSITIVE_INFINITY): Promise<void> {
    const runner = runners.get(jobId);
    if (!runner || runner.record.launch > upTo) return;
    const { record, gone } = runner;
    runner.asked = true;
    send(record.pid, 'SIGTERM', record);
    // The whole session: whatever the runner started ends with it.
    const hard = setTimeout(() => send(-record.pid, 'SIGKILL', record), graceMilliseconds);
    // A launcher that is closed watches no more and holds this process by nothing: looking here keeps it alive until the runner is gone.
    const looking = setInterval(lookAround, WATCH_EVERY);
    await gone.finally(() => {
      clearTimeout(hard);
      clearInterval(looking);
    });
  }

  for (const record of readRecords(recordFolder)) {
    if (isAlive(record)) adopted.add(watch(record));
    else removeRecord(recordFolder, record);
  }

  return {
    async launch(jobId, launch): Promise<Launched> {
      await stop(jobId, LEFTOVER_GRACE);
      const env = { ANNEAL_LOG_BYTES: String(limit), ...options.env };
      const child = await start(entry, { ...options, env }, jobId, logFile(jobId));
      const record = { jobId, launch, pid: child.pid!, start: processStart(child.pid!) ?? 'unknown' };
      try {
        writeRecord(recordFolder, record);
      } catch (cause) {
        send(-record.pid, 'SIGKILL', record);
        throw cannotStart(cause);
      }
      children.add(child.once('exit', () => children.delete(child)));
      const { end } = watch(record);
      const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
        end(howItEnded(code, signal), code === exitCodes.jobLost);
      if (child.exitCode !== null || child.signalCode !== null) ended(child.exitCode, child.signalCode);
      else child.once('exit', ended);
      return { handle: handleOf(record) };
    },
    stop,
    async running() {
      lookAround();
      return [...runners.keys()];
    },
    onExit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    log: (jobId) => readLog(logFile(jobId)),
    close() {
      closed = true;
      timer = void clearInterval(timer);
      for (const child of children) child.unref();
    },
  };
}

/** The runner that the build put beside this program, which may itself run from source. */
function builtRunner(): string {
  const fromSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(fromSource ? '../../../../dist/runner.js' : './runner.js', import.meta.url));
}

/** Starts the process; done when the system has. */
async function start(
  entry: string,
  options: LocalLauncherOptions,
  jobId: string,
  logFile: string,
): Promise<ChildProcess> {
  if (!existsSync(entry)) throw new AnnealError('internal', `the runner's program ${entry} is missing; build it again`);
  let descriptor: number | undefined;
  try {
    mkdirSync(dirname(logFile), { recursive: true });
    descriptor = openSync(logFile, 'a');
    const child = spawn(process.execPath, [...(options.execArgv ?? []), entry, '--job', jobId], {
      detached: true,
      stdio: ['ignore', descriptor, descriptor],
      env: { ...process.env, ...options.env },
    });
    await once(child, 'spawn');
    return child;
  } catch (cause) {
    throw cannotStart(cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const cannotStart = (cause: unknown): AnnealError =>
  new AnnealError('store_unavailable', `no runner can be started: ${(cause as Error).message}`, null, [], { cause });

const howItEnded = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal ? `signal ${signal}` : `exit code ${code}`;

/** Sends a signal to a process, or with a negative number to its group, unless the runner has ended meanwhile. */
function send(target: number, signal: NodeJS.Signals, record: RunnerRecord): void {
  if (!isAlive(record)) return;
  try {
    process.kill(target, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
