/** Sends the webhooks of one tenant for as long as the service runs. */
import type { Changes, JobStore, RecordStore } from '@anneal/core';
import { createLog } from '@anneal/core/log.ts';
import { webhookSender } from '@anneal/core/webhooks/sender.ts';

/** Milliseconds between two looks at what has become of jobs, and at what is due. */
const LOOK = 1000;

export interface SendWebhooksOptions {
  readonly tenant: string;
  readonly jobs: JobStore;
  readonly changes: Changes;
  readonly records: RecordStore;
  readonly networks: readonly string[];
}

/** Returns what ends it. What is being sent is broken off, and sent again at the next start. */
export function sendWebhooks({ jobs, changes, networks, ...options }: SendWebhooksOptions): () => Promise<void> {
  const log = createLog('webhooks', 'stderr', 'warn');
  const followed = { get: jobs.get, readEvents: jobs.readEvents, changes };
  const end = new AbortController();
  const sender = webhookSender({ ...options, jobs: followed, log, deliver: { networks, signal: end.signal } });
  let timer: NodeJS.Timeout | undefined;
  let work = look();

  async function look(): Promise<void> {
    await sender.step().catch((err) => {
      if (!end.signal.aborted) log.error({ err }, 'webhooks could not be looked at, it will be tried again');
    });
    if (end.signal.aborted) return;
    timer = setTimeout(() => {
      work = look();
    }, LOOK);
  }

  return async () => {
    end.abort();
    clearTimeout(timer);
    await work;
  };
}
