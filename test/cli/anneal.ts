/** Runs the real `anneal` binary in a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../../sdk/bin/anneal.mjs', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Done once standard error or output has held the text. */
  until(text: string): Promise<void>;
}

export interface Options {
  /** Working directory. */
  readonly folder: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder that goes with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-cli-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function start(args: readonly string[], { folder, input, env }: Options): Running {
  const { ANNEAL_URL, ANNEAL_TOKEN, ANNEAL_HOME, ANNEAL_DATA, ...inherited } = process.env;
  const child = spawn(process.execPath, [binary, ...args], { cwd: folder, env: { ...inherited, ...env } });
  const text = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (piece: string) => {
      text[name] += piece;
      for (const look of waiting) look();
    });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, ...text }));
  });
  child.stdin.on('error', () => undefined).end(input ?? '');
  const until = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!text.stdout.includes(wanted) && !text.stderr.includes(wanted)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      void ended.then(() => {
        look();
        if (waiting.has(look)) reject(new Error(`it ended without '${wanted}':\n${text.stdout}\n${text.stderr}`));
      });
      look();
    });
  return { child, ended, until };
}

export const anneal = (args: readonly string[], options: Options): Promise<Ended> => start(args, options).ended;
