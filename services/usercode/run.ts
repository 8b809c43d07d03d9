/** Runs the confined process to its end, or to the limit of its time or memory. Nothing of it is left behind. */
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { confinedCommand } from './command.ts';
import { ModuleFault } from './fault.ts';
import type { Limits } from './limits.ts';

/** Bytes of an answer, and of what Node says of its end. */
const MOST_OUTPUT = 16 * 2 ** 20;
/** Characters of standard error kept. */
const MOST_ERROR = 20_000;
const LOOK_MILLISECONDS = 100;

export interface ConfinedRun {
  /** JSON, as services/verify/realm/main.ts writes it; not to be trusted. */
  readonly answer: string;
  readonly confinement: readonly string[];
  readonly gaps: readonly string[];
}

export interface Asked {
  readonly ask: 'check' | 'audit' | 'record';
  /** What goes with it, to become JSON. */
  readonly given?: unknown;
}

/** @throws ModuleFault at a limit, or where nothing can be confined */
export async function runConfined(
  module: string | null,
  { ask, given = null }: Asked,
  limits: Limits,
): Promise<ConfinedRun> {
  const started = confinedCommand(built('confined/process.cjs'), limits);
  if (!started)
    throw new ModuleFault(
      'confinement_unavailable',
      `Node ${process.version} has no permission model: Node 20 or newer is needed`,
    );
  const realm = await readFile(built('realm/realm.js'), 'utf8');
  const answer = await answerOf(started, JSON.stringify({ realm, module, ask, given: JSON.stringify(given) }), limits);
  return { answer, confinement: started.confinement, gaps: started.gaps };
}

/** What the build put into dist/, seen from source or from dist/. */
function built(name: string): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/' : './';
  return fileURLToPath(new URL(folder + name, import.meta.url));
}

function answerOf(
  { command, args }: { readonly command: string; readonly args: readonly string[] },
  input: string,
  limits: Limits,
): Promise<string> {
  const child = spawn(command, args, { cwd: '/', env: {}, stdio: 'pipe' });
  const pieces: Buffer[] = [];
  let [size, said] = [0, ''];
  let reached: ModuleFault | undefined;
  const stop = (fault: ModuleFault) => {
    reached ??= fault;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(outOfTime(limits)), limits.seconds * 1000);
  const look = setInterval(async () => {
    const used = await residentMebibytes(child.pid);
    if (used > limits.mebibytes) stop(outOfMemory(limits));
  }, LOOK_MILLISECONDS);
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    pieces.push(piece);
    if (size > MOST_OUTPUT) stop(new ModuleFault('invalid_module', `its answer is larger than ${MOST_OUTPUT} bytes`));
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-MOST_ERROR);
  });
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      clearInterval(look);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (code, signal) => {
      end();
      if (reached) reject(reached);
      else if (code === 0) resolve(Buffer.concat(pieces).toString('utf8'));
      else reject(endedBy(code, signal, said, limits));
    });
  });
}

const outOfTime = ({ seconds }: Limits) =>
  new ModuleFault('out_of_time', `it was not done within ${seconds} s, and was ended: does it loop for ever?`);
const outOfMemory = ({ mebibytes }: Limits) =>
  new ModuleFault('out_of_memory', `it needs more than ${mebibytes} MiB of memory, and was ended`);

function endedBy(code: number | null, signal: string | null, said: string, limits: Limits): ModuleFault {
  if (/out of memory|allocation failed|OOM/i.test(said)) return outOfMemory(limits);
  if (signal === 'SIGXCPU') return outOfTime(limits);
  const last = said.trim().split('\n').slice(-5).join('\n');
  return new ModuleFault('module_threw', `its process ended by ${signal ?? `exit code ${code}`}\n${last}`);
}

/** What the process holds in memory; 0 once it has ended. */
async function residentMebibytes(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return Number(stdout.trim()) / 1024;
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
