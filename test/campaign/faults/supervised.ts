/** A service that is started again whenever it dies, and its client, who sends a submission again until it is answered. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import type { Spec } from '@anneal/schemas';
import { programs } from './programs.ts';
import type { Death, Order, ServiceSettings, Taken } from './service.ts';

export interface Supervised {
  /** Returns the job's id. */
  submit(spec: Spec, key: string): Promise<string>;
  /** Has it die at its next launch. */
  dieAtLaunch(when: Death): void;
  kill(): void;
  /** Lives lived so far. */
  lives(): number;
  stop(): Promise<void>;
}

/** Flags of Node for a program on a machine whose clock may jump. */
export const execArgv: readonly string[] = ['--import', new URL('clock.mjs', import.meta.url).href];

/** @param log file for what it says */
export async function supervise(
  settings: ServiceSettings,
  env: Readonly<Record<string, string>>,
  log: string,
): Promise<Supervised> {
  let stopped = false;
  let lives = 0;
  let child: ChildProcess;
  let ready: Promise<unknown>;
  let numbers = 0;

  function start(): void {
    lives += 1;
    const made = fork(programs.service, [], {
      execArgv: [...execArgv],
      env: { ...process.env, ...env, TEST_SERVICE: JSON.stringify(settings) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [made.stdout, made.stderr]) stream?.on('data', (text) => appendFileSync(log, text));
    ready = Promise.race([once(made, 'message'), once(made, 'exit')]);
    made.once('exit', () => {
      if (!stopped) start();
    });
    child = made;
  }

  const tell = (order: Order): void => void child.send(order, () => undefined);

  async function ask(spec: Spec, key: string): Promise<string | undefined> {
    const asked = child;
    await ready;
    if (asked.exitCode !== null || asked.signalCode !== null) return undefined;
    const number = ++numbers;
    return new Promise((resolve) => {
      const end = (id?: string): void => {
        asked.off('message', hear).off('exit', gone);
        resolve(id);
      };
      const hear = (said: Taken): void => (said.number === number ? end(said.id) : undefined);
      const gone = (): void => end();
      asked.on('message', hear).on('exit', gone);
      asked.send({ submit: spec, key, number } satisfies Order, () => undefined);
    });
  }

  start();
  await ready!;
  return {
    async submit(spec, key) {
      for (;;) {
        const id = await ask(spec, key);
        if (id !== undefined) return id;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    dieAtLaunch: (when) => tell({ die: when }),
    kill: () => void child.kill('SIGKILL'),
    lives: () => lives,
    async stop() {
      stopped = true;
      const gone = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone;
    },
  };
}
