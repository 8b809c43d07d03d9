/**
 * Sends webhooks from a service on one machine. Moves of jobs become deliveries, one for each webhook that asks for them, which are
 * records until they have been made or given up: a service that ends in between goes on at its next start. Nothing is lost; what is
 * sent twice has the same `webhook-id`.
 */
import type { Log } from '../log.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { Collection, RecordStore, StoredRecord } from '../ports/record-store.ts';
import { attempt, type Sent } from './attempt.ts';
import { type DeliverOptions, messageId } from './deliver.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { messageOf } from './message.ts';

export interface SenderOptions {
  readonly tenant: string;
  readonly jobs: Pick<JobStore, 'get' | 'readEvents'> & Required<Pick<JobStore, 'changes'>>;
  readonly records: RecordStore;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly deliver?: DeliverOptions;
  readonly now?: () => number;
}

export interface Sender {
  /** Takes note of new moves, and sends what is due; done when all of it has been tried. */
  step(): Promise<void>;
}

interface Delivery extends Sent {
  /** So far. */
  readonly tries: number;
}

const CURSOR = 'webhooks';
const PAGE = 100;
/** Sent at once. */
const AT_ONCE = 8;

export function webhookSender({ tenant, jobs, records, log, now = Date.now, ...options }: SenderOptions): Sender {
  const cursors: Collection = { tenant, name: 'cursors' };
  const deliveries: Collection = { tenant, name: 'deliveries' };
  const endpoints: Endpoints = endpointsOf(records, { tenant, now, networks: options.deliver?.networks ?? [] });

  /** Due first; the same delivery noted twice is one record. */
  const idOf = (due: number, { id, webhook }: Delivery): string => `${String(due).padStart(15, '0')}.${id}.${webhook}`;

  async function cursor(): Promise<StoredRecord> {
    const known = await records.get(cursors, CURSOR);
    if (known) return known;
    // What came before anybody looked is nobody's.
    await records.put(cursors, CURSOR, await jobs.changes.last(), null);
    return (await records.get(cursors, CURSOR))!;
  }

  async function noteMoves(): Promise<void> {
    for (let at = await cursor(); ; ) {
      const moves = await jobs.changes.after(at.value as number, PAGE);
      if (moves.length === 0) return;
      const wanted = await endpoints.list();
      for (const { jobId, seq } of wanted.length > 0 ? moves : []) {
        const [event] = await jobs.readEvents(jobId, seq - 1, 1);
        const message = event && messageOf(await jobs.get(jobId), event);
        if (!message) continue;
        const due = Date.parse(message.timestamp);
        for (const { events, id: webhook } of wanted) {
          if (!events.includes(message.type)) continue;
          const delivery: Delivery = { webhook, id: messageId(jobId, seq), message, tries: 0 };
          await records.put(deliveries, idOf(due, delivery), delivery, null);
        }
      }
      await records.put(cursors, CURSOR, moves.at(-1)!.number, at.version);
      at = await cursor();
    }
  }

  async function send(record: StoredRecord): Promise<void> {
    const delivery = record.value as Delivery;
    const again = { ...delivery, tries: delivery.tries + 1 };
    const failure = await attempt(endpoints, delivery, again.tries, now(), options.deliver);
    if (failure) {
      const { reason, wait } = failure;
      log.warn({ tenant, webhook: delivery.webhook, message: delivery.id, reason }, 'a webhook failed');
      // The next try is noted before this one is dropped.
      if (wait !== undefined) await records.put(deliveries, idOf(now() + wait * 1000, again), again, null);
    }
    await records.remove(deliveries, record.id);
  }

  /** Whether there were any. */
  async function sendSome(): Promise<boolean> {
    const found = await records.list(deliveries, { limit: AT_ONCE });
    const due = found.filter(({ id }) => Number(id.slice(0, 15)) <= now());
    await Promise.all(due.map(send));
    return due.length > 0;
  }

  return {
    /** Moves are noted in between, since the store keeps only so many of them, and slow receivers may take hours. */
    async step() {
      do await noteMoves();
      while (await sendSome());
    },
  };
}
