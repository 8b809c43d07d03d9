/** What belongs to each tenant of a service on this machine: stores, data folder, runners. Opened when first asked for. */
import { mkdir } from 'node:fs/promises';
import type { RecordStore } from '@anneal/core';
import { datasetsOf } from '@anneal/core/datasets/datasets.ts';
import { calibrationsOf } from '@anneal/core/forecast/calibrations.ts';
import { batchMachines, isMachine, type Machine, machineHere } from '@anneal/core/forecast/machine.ts';
import { onceEach } from '@anneal/core/once-each.ts';
import { openArtifactStore, openJobStore, openRecordStore } from '@anneal/core/open.ts';
import { type OpenedLauncher, openLauncher } from '@anneal/core/open-launcher.ts';
import { type AllTenants, allTenants } from '@anneal/core/scheduler/all-tenants.ts';
import type { Scheduler } from '@anneal/core/scheduler.ts';
import { endpointsOf } from '@anneal/core/webhooks/endpoints.ts';
import { AnnealError } from '@anneal/schemas';
import type { Addresses } from './addresses.ts';
import { dataFolder } from './data-folder.ts';
import { createFeeds, type Feeds } from './events/feed.ts';
import { sendWebhooks } from './send-webhooks.ts';
import type { Tenancy } from './services.ts';
import { type Undoing, undoable } from './undoing.ts';

export interface Tenants {
  /** @throws AnnealError forbidden for one that is not served here, or what opening its stores throws */
  of(tenant: string): Promise<Tenancy>;
  /** All that have been opened, for the scheduler. */
  readonly all: AllTenants;
  /** Tells it of new jobs and of stops, from then on. */
  scheduleWith(scheduler: Scheduler): void;
  /** Where runners are, once a tenant has been opened. */
  runners(): Pick<OpenedLauncher, 'ofThisMachine' | 'memoryBytes'>;
  endStreams(): void;
  close(): Promise<void>;
}

export interface TenantsOptions {
  readonly addresses: Addresses;
  /** For the webhooks and data sets of all of them. */
  readonly records: RecordStore;
  /** Networks that webhooks may go to although they are private. */
  readonly webhookNetworks: readonly string[];
  /** Address of the launcher, the same for all. */
  readonly launcher: string;
}

export function openTenants({
  addresses,
  records,
  webhookNetworks: networks,
  launcher: launcherAddress,
}: TenantsOptions): Tenants {
  const closing: (() => Promise<void>)[] = [];
  const streams: Feeds[] = [];
  const all = allTenants();
  let scheduler: Scheduler | undefined;
  let runners: OpenedLauncher | undefined;

  async function open(tenant: string, undoing: Undoing): Promise<Tenancy> {
    const env = {
      ANNEAL_STORE: addresses.store(tenant),
      ANNEAL_ARTIFACTS: addresses.artifacts(tenant),
      ANNEAL_DATA: addresses.data(tenant),
    };
    const folder = addresses.folder(tenant);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await mkdir(env.ANNEAL_DATA, { recursive: true });
    const jobs = await openJobStore(env.ANNEAL_STORE);
    undoing(() => jobs.close());
    const artifacts = await openArtifactStore(env.ANNEAL_ARTIFACTS);
    // Where the runners of the tenant write: not always where the records of the service are.
    const own = await openRecordStore(env.ANNEAL_STORE);
    undoing(() => own.close());
    const launched = await openLauncher(launcherAddress, { folder, jobs, env });
    undoing(() => launched.close());
    runners ??= launched;
    const { launcher } = launched;
    const feeds = createFeeds(jobs);
    streams.push(feeds);
    const webhooks = jobs.changes && endpointsOf(records, { tenant, networks });
    if (jobs.changes) undoing(sendWebhooks({ ...{ tenant, jobs, records, networks }, changes: jobs.changes }));
    all.add({ jobs, launcher });
    scheduler?.wake();
    return {
      ...{ jobs, artifacts, launcher, feeds, webhooks },
      data: dataFolder(env.ANNEAL_DATA),
      forecasting: {
        machines: launched.ofThisMachine ? [thisMachine()] : batchMachines(),
        calibrations: calibrationsOf(own, env.ANNEAL_STORE),
      },
      datasets: datasetsOf({ tenant, records, artifacts, jobs }),
      onSubmitted: () => scheduler?.wake(),
      onStop: ({ id }) => scheduler?.stopJob(id),
    };
  }

  return {
    all,
    of: onceEach(async (tenant) => {
      const { value, close } = await undoable((undoing) => open(tenant, undoing));
      closing.push(close);
      return value;
    }),
    scheduleWith(given) {
      scheduler = given;
      given.wake();
    },
    runners() {
      if (!runners) throw new Error('no tenant has been opened');
      return runners;
    },
    endStreams() {
      for (const feeds of streams) feeds.close();
    },
    async close() {
      const results = await Promise.allSettled(closing.splice(0).map((close) => close()));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
  };
}

/** @throws AnnealError invalid_request where $ANNEAL_MACHINE doesn't tell which it is */
function thisMachine(): Machine {
  const here = machineHere();
  if (isMachine(here)) return here;
  throw new AnnealError('invalid_request', `ANNEAL_MACHINE: ${here.unknown}`);
}
