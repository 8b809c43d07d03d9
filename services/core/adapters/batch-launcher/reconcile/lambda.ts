/**
 * The reconciler as a function of AWS Lambda, so that no process need wait for anything. It is called for Batch's changes of state; by the
 * stream of the table for jobs that come into the queue, which it launches; and by a timer, which makes up for all that was lost. Errors
 * are thrown: Lambda calls again.
 *
 * Environment: ANNEAL_STORE, ANNEAL_ARTIFACTS and ANNEAL_LAUNCHER, the addresses that `anneal serve` takes, and ANNEAL_CONCURRENCY.
 */
import { launchTokens } from '../../../launch-tokens.ts';
import { systemClock } from '../../../scheduler/clock.ts';
import { createHolds } from '../../../scheduler/holds.ts';
import { createSilence } from '../../../scheduler/silence.ts';
import { createStandstill } from '../../../scheduler/standstill.ts';
import { startScheduler } from '../../../scheduler.ts';
import { tenantOf } from '../../../tenant.ts';
import { dynamodbJobStore } from '../../dynamodb-job-store/index.ts';
import { moveIn, type StreamRecord } from '../../dynamodb-job-store/stream.ts';
import { dynamodbRecordStore } from '../../dynamodb-record-store/index.ts';
import { parseBatchAddress } from '../address.ts';
import { addressIn } from '../environment.ts';
import { batchLauncher } from '../index.ts';
import { launchOf } from '../names.ts';
import { type Reconciling, reconcileAll, reconcileJob } from './reconcile.ts';

/** What this reads of an event of EventBridge, or of the table's stream; there is more, and may be more still. */
export interface ReconcilerEvent {
  readonly 'detail-type'?: string;
  readonly detail?: { readonly jobName?: string };
  readonly Records?: readonly StreamRecord[];
}

const FROM_BATCH = ['Batch Job State Change', 'Batch Job Queue Blocked'];
const CONCURRENCY = 100;

export interface Work extends Reconciling {
  readonly tenant: string;
  /** Takes jobs out of the queue, once. */
  readonly schedule: () => Promise<void>;
}

/** What an event has done: one about another's job does nothing, and every event that is neither Batch's nor the stream's is the timer's. */
export async function handle(work: Work, event: ReconcilerEvent): Promise<void> {
  if (FROM_BATCH.includes(event['detail-type'] ?? '')) {
    const launched = launchOf(work.tenant, event.detail?.jobName ?? '');
    if (launched) await reconcileJob(work, launched.jobId);
    return;
  }
  if (event.Records) {
    const queues = (record: StreamRecord): boolean => {
      const move = moveIn(record);
      return move?.tenant === work.tenant && move.body.state === 'queued';
    };
    if (event.Records.some(queues)) await work.schedule();
    return;
  }
  await reconcileAll(work);
  await work.schedule();
}

let opened: Promise<Work> | undefined;

/** Entry of the function. What it has opened serves the next event too. */
export async function handler(event: ReconcilerEvent): Promise<void> {
  opened ??= open(process.env).catch((error) => {
    opened = undefined;
    throw error;
  });
  await handle(await opened, event);
}

async function open(env: NodeJS.ProcessEnv): Promise<Work> {
  const store = addressIn(env, 'ANNEAL_STORE', 'dynamodb:');
  const queue = addressIn(env, 'ANNEAL_LAUNCHER', 'batch:');
  const artifacts = addressIn(env, 'ANNEAL_ARTIFACTS', 's3:');
  const owner = /[?&]tenant=([^&]+)/.exec(store)?.[1];
  const { tenant } = parseBatchAddress(queue, owner);
  const jobs = await dynamodbJobStore(store);
  const stores = { ANNEAL_STORE: `dynamodb:${store}`, ANNEAL_ARTIFACTS: `s3:${artifacts}` };
  // Nothing looks at the runs between two events.
  const tokens = launchTokens(await dynamodbRecordStore(store), tenantOf(stores.ANNEAL_STORE));
  const launcher = await batchLauncher(queue, { env: stores, tenant, tokens, pollMilliseconds: 0 });
  const concurrency = Number(env.ANNEAL_CONCURRENCY || CONCURRENCY);
  // These are kept from event to event: what stands still shows between two looks.
  const isSilent = createSilence();
  const holds = createHolds(systemClock);
  return {
    ...{ jobs, batch: launcher.batch, tail: launcher.tail, tenant, standstill: createStandstill() },
    async schedule() {
      const scheduler = startScheduler({ jobs, launcher, concurrency, shared: true, isSilent, holds });
      await scheduler.idle();
      await scheduler.close({ leaveRunning: true });
    },
  };
}
