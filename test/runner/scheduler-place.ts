/** A scheduler by itself: the store is real, the launcher and the clock are the test's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Exit, JobStore, Launcher } from '@anneal/core';
import { createLog } from '@anneal/core/log.ts';
import { openJobStore } from '@anneal/core/open.ts';
import { type SchedulerOptions, startScheduler } from '@anneal/core/scheduler.ts';
import type { JobState } from '@anneal/schemas';
import { anySpec } from '../contracts/spec.ts';

/** Runners that do nothing; `end` ends one. */
export class Runners implements Launcher {
  readonly launched: string[] = [];
  refuse: Error | null = null;
  /** Jobs and their launches. */
  readonly #alive = new Map<string, number>();
  readonly #listeners = new Set<(exit: Exit) => void>();

  async launch(jobId: string, launch: number) {
    if (this.refuse) throw this.refuse;
    this.launched.push(jobId);
    this.#alive.set(jobId, launch);
    return { handle: `${jobId}/${this.launched.length}` };
  }
  async stop(jobId: string) {
    if (this.#alive.has(jobId)) this.end(jobId, 'signal SIGTERM');
  }
  async running() {
    return [...this.#alive.keys()];
  }
  onExit(listener: (exit: Exit) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  async *log() {}
  end(jobId: string, how: string, tail = '') {
    const launch = this.#alive.get(jobId) ?? 0;
    this.#alive.delete(jobId);
    this.tell({ jobId, launch, handle: '', how, tail });
  }
  tell(exit: Exit) {
    for (const listener of this.#listeners) listener(exit);
  }
}

/** Milliseconds between two looks that nobody asked for: longer than any wait here. */
export const LOOK = 1_000_000;

/** Time that stands still until it is moved. */
export class TestClock {
  #now = 0;
  readonly #calls = new Set<{ at: number; call: () => void }>();
  now = () => this.#now;
  after = (milliseconds: number, call: () => void) => {
    const entry = { at: this.#now + milliseconds, call };
    this.#calls.add(entry);
    return () => this.#calls.delete(entry);
  };
  /** Milliseconds until the next call. */
  get next(): number {
    return Math.min(...[...this.#calls].map(({ at }) => at)) - this.#now;
  }
  pass(milliseconds: number) {
    this.#now += milliseconds;
    for (const entry of [...this.#calls]) if (entry.at <= this.#now && this.#calls.delete(entry)) entry.call();
  }
}

export async function setUp(t: TestContext, concurrency: number) {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-scheduler-'));
  const jobs = await openJobStore(`sqlite:${folder}/jobs.db`);
  const [runners, clock] = [new Runners(), new TestClock()];
  const log = createLog('scheduler', 'stderr', 'fatal');
  const start = (more: Pick<SchedulerOptions, 'holds'> = {}) =>
    startScheduler({ jobs, launcher: runners, concurrency, clock, log, pollMilliseconds: LOOK, ...more });
  t.after(async () => {
    await jobs.close();
    await rm(folder, { recursive: true });
  });
  const submit = async () => (await jobs.create({ spec: anySpec() })).job.id;
  return { jobs, runners, clock, start, submit };
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

export const reaches = (jobs: JobStore, id: string, state: JobState) =>
  until(async () => (await jobs.get(id)).state === state);

export async function reasons(jobs: JobStore, id: string): Promise<(string | null)[]> {
  const events = await jobs.readEvents(id, 0, 1000);
  return events.flatMap(({ body }) => (body.type === 'state' && body.state === 'queued' ? [body.reason] : []));
}

export const timeout = { timeout: 30_000 };
