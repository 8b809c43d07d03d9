/** Keeps a lease alive by heartbeats, which carry progress there and requests to stop back. */
import type { JobStore, Lease } from '@anneal/core';
import type { Log } from '@anneal/core/log.ts';
import { AnnealError, type Job } from '@anneal/schemas';
import type { Progressed } from './trainer-messages.ts';

export interface LeaseKeeperOptions {
  readonly jobs: JobStore;
  readonly lease: Lease;
  readonly log: Log;
  /** Milliseconds that a lease lives without a heartbeat. */
  readonly ttl: number;
  /** Milliseconds between heartbeats, without news and with. */
  readonly every: number;
  readonly everyWithNews: number;
  /** Told by every heartbeat that finds it so. */
  readonly onStopping: (stopping: NonNullable<Job['stopping']>) => void;
}

export interface LeaseKeeper {
  /** Rejects once the lease is lost, or the store is silent for longer than it lives: nothing may be written any more. */
  readonly lost: Promise<never>;
  /** Goes with the next heartbeat; the newest counts. */
  report(update: Progressed): void;
  /** A heartbeat at once; what is asked of the job, null also when the store did not answer. */
  beat(): Promise<Job['stopping']>;
  /** No more heartbeats; what was reported last is sent. */
  close(): Promise<void>;
}

export function keepLease(options: LeaseKeeperOptions): LeaseKeeper {
  const { jobs, lease, log, ttl } = options;
  let news: Progressed = {};
  let sentAt = performance.now();
  let answeredAt = sentAt;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<Job['stopping']> = Promise.resolve(null);
  let closed = false;
  let fail: (error: unknown) => void = () => undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  lost.catch(() => undefined);

  async function send(): Promise<Job['stopping']> {
    const update = news;
    news = {};
    sentAt = performance.now();
    try {
      const { stopping } = await jobs.heartbeat(lease, ttl, update);
      answeredAt = performance.now();
      if (stopping) options.onStopping(stopping);
      return stopping;
    } catch (error) {
      news = { ...update, ...news };
      // One sent before the lease was over may have been given up because this process stood still: the store is asked once more.
      const silent = sentAt - answeredAt;
      if (silent > ttl || (error instanceof AnnealError && error.code === 'lease_lost')) fail(error);
      else log.warn({ err: error }, 'a heartbeat failed, the next one will do');
      return null;
    } finally {
      wait();
    }
  }

  function wait(): void {
    clearTimeout(timer);
    if (closed) return;
    const every = Object.keys(news).length > 0 ? options.everyWithNews : options.every;
    timer = setTimeout(() => void beat(), Math.max(0, sentAt + every - performance.now()));
  }

  function beat(): Promise<Job['stopping']> {
    beating = beating.then(send);
    return beating;
  }

  wait();
  return {
    lost,
    beat,
    report(update) {
      const first = Object.keys(news).length === 0;
      news = { ...news, ...update };
      if (first) wait();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await beating;
      if (Object.keys(news).length > 0) await beat();
    },
  };
}
