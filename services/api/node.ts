/** The service on this machine: one folder, one process; its runners beside it, or on AWS Batch. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { memoryRateLimiter } from '@anneal/core/adapters/memory-rate-limiter/index.ts';
import { apiKeys } from '@anneal/core/api-keys.ts';
import { createLog } from '@anneal/core/log.ts';
import { runnerMemory } from '@anneal/core/machine-memory.ts';
import { openRecordStore } from '@anneal/core/open.ts';
import { startScheduler } from '@anneal/core/scheduler.ts';
import { checkNetworks } from '@anneal/core/webhooks/addresses.ts';
import { AnnealError } from '@anneal/schemas';
import { addressesOf } from './addresses.ts';
import { createApp } from './app.ts';
import { firstOf, keyAuth, ownerToken } from './auth.ts';
import { lockFolder } from './folder-lock.ts';
import { listen } from './listen.ts';
import about from './package.json' with { type: 'json' };
import type { ReportError } from './problem.ts';
import type { ServiceLimits } from './services.ts';
import { openTenants } from './tenants.ts';
import { serviceToken } from './token.ts';
import { type Undoing, undoable } from './undoing.ts';

export const DEFAULT_PORT = 7600;
const MEBIBYTE = 2 ** 20;
/** Time that requests in hand get when the service closes. */
const GRACE_MILLISECONDS = 2000;
/** Jobs at once where they do not share this machine. */
const ELSEWHERE = 100;

export interface ServeOptions {
  /** Holds everything of the service: token, logs, and jobs and artifacts unless they are kept elsewhere. Made if it isn't there. */
  readonly folder: string;
  /** 0 takes a free one. */
  readonly port?: number | undefined;
  /** Only this machine can reach the default. */
  readonly host?: string | undefined;
  /** Jobs that run at once; 1 on this machine, 100 elsewhere, when left out. */
  readonly concurrency?: number | undefined;
  /** Where the data files of specs are; else ANNEAL_DATA, else `data` in the folder. */
  readonly dataFolder?: string | undefined;
  /** Address of the job store, else ANNEAL_STORE, else `sqlite:` in the folder. Services may share one on a server. With `{tenant}` in
   *  it, it serves several tenants. */
  readonly store?: string | undefined;
  /** Address of the artifact store, else ANNEAL_ARTIFACTS, else `file:` in the folder; with `{tenant}` where the job store has it. */
  readonly artifacts?: string | undefined;
  /** Address of the launcher, else ANNEAL_LAUNCHER, else `local`. */
  readonly launcher?: string | undefined;
  /** Origins whose pages may use the service from a browser. */
  readonly origins?: readonly string[] | undefined;
  /** Networks that webhooks may go to although they are private, as in `10.0.0.0/8`; none when left out. */
  readonly webhookNetworks?: readonly string[] | undefined;
  readonly limits?: Partial<ServiceLimits> | undefined;
  /** Told of errors that no client can be told; standard error when left out. */
  readonly onError?: ReportError | undefined;
}

export interface Service {
  readonly url: string;
  readonly token: string;
  /** Whether runners end with the service: they run on this machine. */
  readonly ownRunners: boolean;
  /** Takes no more requests, lets the runners of this machine save and leave, and gives the folder free. */
  close(): Promise<void>;
}

/** @throws AnnealError saying in one sentence why the service can't start: folder in use, port taken, disk full, store out of reach */
export async function serve(options: ServeOptions): Promise<Service> {
  const folder = path.resolve(options.folder);
  const { value, close } = await undoable((undoing) => start(folder, options, undoing));
  return { ...value, close };
}

async function start(folder: string, options: ServeOptions, undoing: Undoing) {
  await makeFolder(folder);
  const lock = lockFolder(folder);
  undoing(() => lock.release());
  const token = await serviceToken(folder);
  const addresses = addressesOf(folder, options);
  const records = await openRecordStore(addresses.store(addresses.home));
  undoing(() => records.close());
  const webhookNetworks = options.webhookNetworks ?? [];
  checkNetworks(webhookNetworks);
  const launcher = options.launcher ?? (process.env.ANNEAL_LAUNCHER || 'local');
  const tenants = openTenants({ addresses, records, webhookNetworks, launcher });
  undoing(() => tenants.close());
  const keys = apiKeys(records);
  await tenants.of(addresses.home);
  for (const { tenant } of await keys.list()) if (addresses.serves(tenant)) await tenants.of(tenant);
  const { ofThisMachine, memoryBytes = runnerMemory() } = tenants.runners();
  const app = createApp({
    ...{ version: about.version, home: addresses.home, origins: options.origins },
    limits: { memoryBytes, bodyBytes: MEBIBYTE, ...options.limits },
    authenticate: firstOf(ownerToken(token, addresses.home), keyAuth(keys)),
    tenancy: tenants.of,
    rateLimiter: memoryRateLimiter(),
    onError: options.onError ?? reportError,
  });
  const server = await listen(app, options.host ?? '127.0.0.1', options.port ?? DEFAULT_PORT);
  undoing(() => server.close(GRACE_MILLISECONDS));
  undoing(async () => tenants.endStreams());
  const scheduler = startScheduler({
    ...{ jobs: tenants.all.jobs, launcher: tenants.all.launcher },
    concurrency: options.concurrency ?? (ofThisMachine ? 1 : ELSEWHERE),
    // The lock of the folder keeps other services from its SQLite file.
    shared: !addresses.store(addresses.home).startsWith('sqlite:'),
  });
  tenants.scheduleWith(scheduler);
  undoing(() => scheduler.close({ leaveRunning: !ofThisMachine }));
  await lock.announce({ pid: process.pid, url: server.url });
  return { url: server.url, token, ownRunners: ofThisMachine };
}

/** Only its user can look into the folder; git leaves it alone. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path.join(folder, '.gitignore'), '*\n');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC')
      throw new AnnealError('disk_full', `the disk that holds ${folder} is full`, null, [], { cause });
    throw new AnnealError('internal', `the service can't write to its folder ${folder} (${code})`, null, [], { cause });
  }
}

const reportError: ReportError = (error, request) =>
  createLog('api', 'stderr', 'warn').error({ err: error, request }, 'failed');
