/**
 * Follows jobs for their watchers. However many watch a job, one loop asks the store for it; a watcher reads what is still to come
 * from the feed's last events, and what is older from the store. Memory: `RECENT` events a watched job, whatever its watchers do.
 */
import type { JobStore } from '@anneal/core';
import { AnnealError, type Event, isFinal, type Progress, type StreamEnd } from '@anneal/schemas';

/** Events kept for watchers that are up to date, and read from the store at once. */
export const RECENT = 256;
/** Milliseconds between two looks, unless the store has a pace of its own. */
const POLL = 150;
/** Failures of the store in a row after which the watchers are told. */
const PATIENCE = 5;

export interface Feed {
  /** Sequence number of the last event known. */
  readonly head: number;
  /** The final event, once it is there. */
  readonly end: { readonly seq: number; readonly state: StreamEnd['state'] } | undefined;
  /** Latest progress; another object each time it changes. */
  readonly progress: Progress | null;
  /** The events after `seq`, if all of them are still here. */
  recent(seq: number): readonly Event[] | undefined;
  /** The service closes: streams end now, without an `end` message. */
  readonly closed: boolean;
  /** Waits for news. @throws whatever the store failed with */
  changed(milliseconds: number, signal: AbortSignal): Promise<'changed' | 'quiet' | 'left'>;
}

export interface Feeds {
  /** The feed of an existing job; every watcher must leave it again. */
  join(jobId: string): Feed;
  leave(jobId: string, feed: Feed): void;
  /** Number of jobs being followed. */
  readonly size: number;
  /** Ends all streams. */
  close(): void;
}

export function createFeeds(jobs: JobStore, pollMilliseconds = jobs.paceMilliseconds ?? POLL): Feeds {
  const followed = new Map<string, { feed: JobFeed; watchers: number }>();
  let closed = false;
  return {
    join(jobId) {
      const known = followed.get(jobId);
      if (known && !known.feed.failed) {
        known.watchers++;
        return known.feed;
      }
      const feed = new JobFeed(jobs, jobId, pollMilliseconds);
      followed.set(jobId, { feed, watchers: 1 });
      if (closed) feed.close();
      else void feed.follow();
      return feed;
    },
    leave(jobId, feed) {
      const known = followed.get(jobId);
      if (known?.feed !== feed || --known.watchers > 0) return;
      followed.delete(jobId);
      known.feed.stop();
    },
    get size() {
      return followed.size;
    },
    close() {
      closed = true;
      for (const { feed } of followed.values()) feed.close();
    },
  };
}

class JobFeed implements Feed {
  head = 0;
  end: Feed['end'];
  progress: Progress | null = null;
  closed = false;
  failed: unknown;
  #recent: Event[] = [];
  #stopped = false;
  #wake: () => void = () => {};
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly jobs: JobStore,
    private readonly jobId: string,
    private readonly pollMilliseconds: number,
  ) {}

  recent(seq: number): readonly Event[] | undefined {
    const first = this.#recent[0]?.seq;
    if (first === undefined || seq < first - 1) return undefined;
    return this.#recent.filter((event) => event.seq > seq);
  }

  changed(milliseconds: number, signal: AbortSignal): Promise<'changed' | 'quiet' | 'left'> {
    return new Promise((resolve, reject) => {
      const settle = (result: 'changed' | 'quiet' | 'left') => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        this.#waiting.delete(news);
        if (this.failed) reject(this.failed);
        else resolve(result);
      };
      const news = () => settle('changed');
      const leave = () => settle('left');
      const timer = setTimeout(() => settle('quiet'), milliseconds);
      signal.addEventListener('abort', leave);
      this.#waiting.add(news);
      if (signal.aborted) leave();
      else if (this.failed) news();
    });
  }

  /** Asks the store again and again until the job has ended or nobody watches. */
  async follow(): Promise<void> {
    for (let failures = 0; !this.#stopped && !this.end; ) {
      try {
        const more = await this.#read();
        failures = 0;
        if (more) continue;
      } catch (error) {
        const passing = error instanceof AnnealError && error.retryable;
        if (!passing || ++failures >= PATIENCE) {
          this.failed = error;
          this.#tell();
          return;
        }
      }
      await this.#pause();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  close(): void {
    this.closed = true;
    this.stop();
    this.#tell();
  }

  /** Whether there may be more to read at once. */
  async #read(): Promise<boolean> {
    const events = await this.jobs.readEvents(this.jobId, this.head, RECENT);
    const { progress } = await this.jobs.get(this.jobId);
    for (const { seq, body } of events) {
      this.head = seq;
      if (body.type === 'state' && isFinal(body.state)) this.end = { seq, state: body.state as StreamEnd['state'] };
    }
    if (events.length > 0) this.#recent = [...this.#recent, ...events].slice(-RECENT);
    const moved = JSON.stringify(progress) !== JSON.stringify(this.progress);
    if (moved) this.progress = progress;
    if (moved || events.length > 0) this.#tell();
    return events.length === RECENT;
  }

  #tell(): void {
    for (const news of [...this.#waiting]) news();
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.pollMilliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopped) this.#wake();
    });
  }
}
