/** The jobs and the runners of several tenants as one store and one launcher, so that one scheduler serves all of them, oldest job first. */
import { AnnealError, type Job } from '@anneal/schemas';
import type { JobStore } from '../ports/job-store.ts';
import type { Exit, Launcher, Waiting } from '../ports/launcher.ts';
import { unless } from '../unless.ts';

/** What the scheduler does with jobs. */
export type SchedulerJobs = Pick<
  JobStore,
  'get' | 'list' | 'queued' | 'active' | 'transition' | 'appendEvents' | 'readEvents' | 'reapLost'
>;

interface Part {
  readonly jobs: SchedulerJobs;
  readonly launcher: Launcher;
}

export interface AllTenants extends Part {
  /** One more tenant; whoever adds it wakes the scheduler. */
  add(part: Part): void;
}

export function allTenants(): AllTenants {
  const parts: Part[] = [];
  const listeners = new Set<(exit: Exit) => void>();
  const waiting = new Set<(waiting: Waiting) => void>();
  /** Whose a job is; as many are remembered as the queue is looked at. */
  const owners = new Map<string, Part>();
  const REMEMBERED = 10_000;

  function remember(id: string, part: Part): void {
    owners.delete(id);
    owners.set(id, part);
    const [oldest] = owners.keys();
    if (owners.size > REMEMBERED && oldest !== undefined) owners.delete(oldest);
  }

  async function ownerOf(id: string): Promise<Part> {
    const known = owners.get(id);
    if (known) return known;
    for (const part of parts) {
      if (!(await unless('not_found', part.jobs.get(id)))) continue;
      remember(id, part);
      return part;
    }
    throw new AnnealError('not_found', `there is no job '${id}'`);
  }

  async function fromAll<T>(ask: (part: Part) => Promise<readonly T[]>): Promise<T[]> {
    return (await Promise.all(parts.map(ask))).flat();
  }

  /** Asks all, and remembers whose each job is. */
  const jobsFromAll = (ask: (part: Part) => Promise<readonly Job[]>): Promise<Job[]> =>
    fromAll(async (part) => {
      const found = await ask(part);
      for (const { id } of found) remember(id, part);
      return found;
    });

  const jobs: SchedulerJobs = {
    get: async (id) => (await ownerOf(id)).jobs.get(id),
    transition: async (id, ...move) => (await ownerOf(id)).jobs.transition(id, ...move),
    appendEvents: async (id, ...events) => (await ownerOf(id)).jobs.appendEvents(id, ...events),
    readEvents: async (id, ...page) => (await ownerOf(id)).jobs.readEvents(id, ...page),
    // Ids sort by age.
    queued: async (limit) =>
      (await jobsFromAll((part) => part.jobs.queued(limit))).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit),
    active: async () => (await fromAll(async (part) => [await part.jobs.active()])).reduce((sum, one) => sum + one, 0),
    reapLost: (limits) => jobsFromAll((part) => part.jobs.reapLost(limits)),
    /** All of them on one page. */
    list: async (filter, { limit }) => ({
      items: await jobsFromAll(async (part) => {
        const found: Job[] = [];
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await part.jobs.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
          found.push(...page.items);
          cursor = page.next;
        }
        return found;
      }),
      next: null,
    }),
  };

  const launcher: Launcher = {
    /** That of the first: all are of one kind. */
    get startMilliseconds() {
      return parts[0]?.launcher.startMilliseconds;
    },
    launch: async (id, launch) => (await ownerOf(id)).launcher.launch(id, launch),
    stop: async (id, ...how) => (await ownerOf(id)).launcher.stop(id, ...how),
    running: () => fromAll((part) => part.launcher.running()),
    onExit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onWaiting(listener) {
      waiting.add(listener);
      return () => waiting.delete(listener);
    },
    async *log(id) {
      yield* (await ownerOf(id)).launcher.log(id);
    },
  };

  return {
    jobs,
    launcher,
    add(part) {
      parts.push(part);
      part.launcher.onWaiting?.((one) => {
        remember(one.jobId, part);
        for (const listener of waiting) listener(one);
      });
      part.launcher.onExit((exit) => {
        remember(exit.jobId, part);
        for (const listener of listeners) listener(exit);
      });
    },
  };
}
