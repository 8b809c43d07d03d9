/** A container of the stand-in: the image's entry program as a process of its own group, with the command and environment of the job. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';

export interface Image {
  /** Program and first arguments: what the image's ENTRYPOINT is. */
  readonly entrypoint: readonly [string, ...string[]];
  /** Of the image and of the job's role; nothing else of this process comes in. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Container {
  readonly pid: number;
  /** As a container's: 128 and the signal's number for one that a signal has ended. */
  readonly exitCode: Promise<number>;
  signal(name: NodeJS.Signals): void;
  /** Ends everything in it. */
  kill(): void;
}

/** @param line called for each line of its outputs, all before `exitCode` resolves */
export async function startContainer(
  { entrypoint: [program, ...first], env }: Image,
  { command, environment }: { command: readonly string[]; environment: Readonly<Record<string, string>> },
  line: (text: string) => void,
): Promise<Container> {
  const child = spawn(program, [...first, ...command], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env, ...environment },
  });
  const outputs = [child.stdout, child.stderr].map((stream) => {
    const lines = createInterface({ input: stream });
    lines.on('line', line);
    return once(lines, 'close');
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await once(child, 'spawn');
  const exitCode = exited.then(async ([code, signal]) => {
    // When its first process ends, a container ends with all that is in it.
    killGroup(child);
    await Promise.all(outputs);
    return code ?? 128 + constants.signals[signal!];
  });
  return {
    pid: child.pid!,
    exitCode,
    signal: (name) => void child.kill(name),
    kill: () => killGroup(child),
  };
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
