/** A folder with real stores and a launcher of real runners, whose training thread is that of `trainers.ts`. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ArtifactStore, JobStore, Launcher } from '@anneal/core';
import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
import { createLog } from '@anneal/core/log.ts';
import { openArtifactStore, openJobStore } from '@anneal/core/open.ts';
import { type Scheduler, startScheduler } from '@anneal/core/scheduler.ts';
import { type Event, isFinal, type Job, type JobState, type Manifest, manifest } from '@anneal/schemas';
import { anySpec } from '../contracts/spec.ts';

export interface Place {
  readonly folder: string;
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  /** A launcher; a second one is that of a later life of the service. */
  launcher(): Promise<PlaceLauncher>;
  /** The process of a job's runner, as the machine that runs it knows it; undefined if there is none. */
  pidOf(id: string): number | undefined;
  /** Has the machine forget its runners; absent where it can't. */
  readonly forgetRunners?: () => Promise<void>;
  scheduler(launcher: Launcher, concurrency?: number): Scheduler;
  /** A queued job; see trainers.ts for the behaviours. */
  submit(behaviour: string): Promise<string>;
  state(id: string, ...states: JobState[]): Promise<Job>;
  events(id: string): Promise<Event[]>;
  /** Done once an event of the job matches. */
  event(id: string, matches: (event: Event) => boolean): Promise<Event>;
  manifest(id: string): Promise<Manifest>;
}

export type PlaceLauncher = Launcher & { close(): void | Promise<void> };

/** A kind of launcher, with its look at the processes. */
export interface Runners extends Pick<Place, 'pidOf' | 'forgetRunners'> {
  open(env: Readonly<Record<string, string>>): Promise<PlaceLauncher>;
}

export const entry = fileURLToPath(new URL('process.ts', import.meta.url));
export const execArgv: readonly string[] = ['--import', import.meta.resolve('tsx')];

function runnersOfMachine(folder: string): Runners {
  return {
    open: async (env) => localLauncher({ folder, entry, execArgv, env }),
    pidOf(id) {
      const file = join(folder, 'runners', `${id}.json`);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid : undefined;
    },
    forgetRunners: () => rm(join(folder, 'runners'), { recursive: true }),
  };
}

/** Where the stores are, for a folder. */
export type StoresOf = (folder: string) => { readonly ANNEAL_STORE: string; readonly ANNEAL_ARTIFACTS: string };

const storesOfMachine: StoresOf = (folder) => ({
  ANNEAL_STORE: `sqlite:${folder}/jobs.db`,
  ANNEAL_ARTIFACTS: `file:${folder}/artifacts`,
});

export async function openPlace(
  t: TestContext,
  env: Record<string, string> = {},
  storesOf: StoresOf = storesOfMachine,
  runnersOf: (folder: string) => Runners = runnersOfMachine,
): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-runner-'));
  const urls = storesOf(folder);
  const jobs = await openJobStore(urls.ANNEAL_STORE);
  const artifacts = await openArtifactStore(urls.ANNEAL_ARTIFACTS);
  const { open, ...runners } = runnersOf(folder);
  const launchers: PlaceLauncher[] = [];
  const schedulers: Scheduler[] = [];
  t.after(async () => {
    for (const scheduler of schedulers) await scheduler.close({ leaveRunning: true });
    for (const launcher of launchers) {
      for (const id of await launcher.running()) await launcher.stop(id, 0);
      await launcher.close();
    }
    await jobs.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function events(id: string): Promise<Event[]> {
    return [...(await jobs.readEvents(id, 0, 100_000))];
  }

  /** Looks until what is there will do, or the job has ended otherwise; the test's timeout ends the wait. */
  async function found<T>(id: string, look: () => Promise<T>, willDo: (value: T) => boolean): Promise<T> {
    for (;;) {
      const { state, error } = await jobs.get(id);
      const value = await look();
      if (willDo(value)) return value;
      if (isFinal(state)) throw new Error(`the job has ended: ${state} ${error?.message ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    folder,
    jobs,
    artifacts,
    events,
    ...runners,
    async launcher() {
      const launcher = await open({ ...urls, ...env });
      launchers.push(launcher);
      return launcher;
    },
    scheduler(launcher, concurrency = 1) {
      const log = createLog('scheduler', 'stderr', 'fatal');
      const scheduler = startScheduler({ jobs, launcher, concurrency, pollMilliseconds: 200, log });
      schedulers.push(scheduler);
      return scheduler;
    },
    async submit(behaviour) {
      return (await jobs.create({ spec: { ...anySpec(), name: behaviour } })).job.id;
    },
    state: (id, ...states) =>
      found(
        id,
        () => jobs.get(id),
        (job) => states.includes(job.state),
      ),
    async event(id, matches) {
      const all = await found(
        id,
        () => events(id),
        (list) => list.some(matches),
      );
      return all.find(matches)!;
    },
    async manifest(id) {
      const { attempt } = await jobs.get(id);
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await artifacts.get(`jobs/${id}/${attempt}/manifest.json`)).body) chunks.push(chunk);
      return manifest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    },
  };
}

export const isCheckpoint = ({ body }: Event): boolean => body.type === 'checkpoint';
/** The process of a handle of the local launcher. */
export const pidOf = (handle: string): number => Number.parseInt(handle, 10);
