/**
 * A service in a process of its own, which can be killed: takes jobs as the API does, and launches their runners. It ends with the
 * process that started it, whose messages it obeys.
 */
import type { Launcher } from '@anneal/core';
import { localLauncher } from '@anneal/core/adapters/local-launcher/index.ts';
import { createLog } from '@anneal/core/log.ts';
import { openJobStore } from '@anneal/core/open.ts';
import { systemClock } from '@anneal/core/scheduler/clock.ts';
import { createSilence } from '@anneal/core/scheduler/silence.ts';
import { startScheduler } from '@anneal/core/scheduler.ts';
import type { Spec } from '@anneal/schemas';

/** What the process is told by its environment, as JSON in $TEST_SERVICE. */
export interface ServiceSettings {
  readonly folder: string;
  /** Program of the runners on this machine. */
  readonly entry: string;
  readonly execArgv: readonly string[];
  /** Of the runners, the addresses of the stores among them. */
  readonly env: Readonly<Record<string, string>> & { readonly ANNEAL_STORE: string; readonly ANNEAL_ARTIFACTS: string };
  /** Address of the queues after `batch:`; runners are processes of this machine without it. */
  readonly batch?: string;
}

/** When it is to die of SIGKILL: once the next launch is recorded, or once it is carried out and not yet known. */
export type Death = 'before' | 'after';
export type Order = { readonly submit: Spec; readonly key: string; readonly number: number } | { readonly die: Death };
export interface Taken {
  readonly number: number;
  readonly id: string;
}

/** Milliseconds for which a job must have stood still: as long as the leases of the runners here. */
const SILENT = 4000;

async function serve({ folder, entry, execArgv, env, batch }: ServiceSettings): Promise<void> {
  const jobs = await openJobStore(env.ANNEAL_STORE);
  let death: Death | undefined;
  const launcher = batch === undefined ? localLauncher({ folder, entry, execArgv, env }) : await batchOf(batch, env);
  const mortal: Launcher = {
    ...launcher,
    async launch(id, launch) {
      if (death === 'before') await die();
      const launched = await launcher.launch(id, launch);
      if (death === 'after') await die();
      return launched;
    },
  };
  const isSilent = createSilence(systemClock, SILENT);
  const log = createLog('scheduler', 'stderr', 'warn');
  const shared = batch !== undefined;
  const options = { jobs, launcher: mortal, concurrency: 1, shared, pollMilliseconds: 200, isSilent, log };
  const scheduler = startScheduler(options);
  process.on('message', (order: Order) => {
    if ('die' in order) death = order.die;
    else void take(order);
  });
  process.on('disconnect', () => process.exit());

  async function take({ submit: spec, key, number }: Extract<Order, { submit: Spec }>): Promise<void> {
    const { job } = await jobs.create({ spec, idempotency: { key, bodyHash: key } });
    process.send!({ number, id: job.id } satisfies Taken);
    scheduler.wake();
  }
}

async function batchOf(batch: string, { ANNEAL_STORE, ANNEAL_ARTIFACTS }: ServiceSettings['env']): Promise<Launcher> {
  const { batchLauncher } = await import('@anneal/core/adapters/batch-launcher/index.ts');
  return batchLauncher(batch, { env: { ANNEAL_STORE, ANNEAL_ARTIFACTS }, pollMilliseconds: 1000 });
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

await serve(JSON.parse(process.env.TEST_SERVICE!) as ServiceSettings);
process.send!('ready');
