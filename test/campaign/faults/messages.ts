/** What EventBridge does between AWS Batch and the reconcilers: tells of changes, and calls from time to time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createStandstill } from '@anneal/core/scheduler/standstill.ts';
import { handle, type Work } from '../../../services/core/adapters/batch-launcher/reconcile/lambda.ts';
import type { Executor } from '../../stand-ins/batch/executor.ts';
import type { Messages } from './world.ts';

/** Milliseconds between two calls of the timer: of one reconciler, and where two act at once. */
const EVERY = { one: 2000, two: 300 };
/** Milliseconds by which a message is late, at most. */
const LATE = 3000;
/** Shares of the messages that come twice, and that never come. */
const TWICE = 0.5;
const NEVER = 0.2;
/** As Lambda does: it calls again when a call has failed. */
const CALLS = 3;
/** Milliseconds that a submission may be under way; two minutes elsewhere. */
const PATIENCE = 10_000;

type Reconciler = Pick<Work, 'jobs' | 'batch' | 'tail'>;

export function messagesOf(
  executor: Executor,
  tenant: string,
  reconcilers: readonly Reconciler[],
  failed: (error: unknown) => void,
): Messages & { close(): Promise<void> } {
  const schedule = async (): Promise<void> => undefined;
  const works = reconcilers.map(
    (one): Work => ({ ...one, tenant, patience: PATIENCE, standstill: createStandstill(), schedule }),
  );
  const underWay = new Set<Promise<void>>();
  let draw: (() => number) | undefined;
  let two = false;
  let closed = false;

  async function call(work: Work, event: Parameters<typeof handle>[1]): Promise<void> {
    for (let calls = 1; calls <= CALLS && !closed; calls++) {
      try {
        return await handle(work, event);
      } catch (error) {
        failed(error);
      }
    }
  }

  function begin(work: Promise<void>): void {
    const one = work.finally(() => underWay.delete(one));
    underWay.add(one);
  }

  const acting = (): Work[] => works.slice(0, two ? 2 : 1);

  async function deliver(jobName: string): Promise<void> {
    const event = { 'detail-type': 'Batch Job State Change', detail: { jobName } };
    const copies = draw && draw() < TWICE ? 2 : 1;
    if (draw && draw() < NEVER) return;
    for (let copy = 0; copy < copies; copy++) {
      const late = draw ? draw() * LATE : 0;
      begin(
        sleep(late)
          .then(() => Promise.all(acting().map((work) => call(work, event))))
          .then(() => undefined),
      );
    }
  }

  const end = executor.onChange(({ jobName = '', status }) => {
    if (status === 'SUCCEEDED' || status === 'FAILED') void deliver(jobName);
  });

  async function callFromTimeToTime(): Promise<void> {
    while (!closed) {
      await sleep(two ? EVERY.two : EVERY.one);
      if (!closed) await Promise.all(acting().map((work) => call(work, { 'detail-type': 'Scheduled Event' })));
    }
  }
  const timer = callFromTimeToTime();

  return {
    disturb(next) {
      draw = next;
    },
    second(acts) {
      two = acts;
    },
    async close() {
      closed = true;
      end();
      await timer;
      await Promise.all(underWay);
    },
  };
}
