/**
 * Launchers by their address: `local` or `batch:QUEUE?…`. A new adapter is one line here. That of AWS Batch, and AWS's clients with it,
 * is loaded when it is chosen.
 */
import { AnnealError } from '@anneal/schemas';
import { localLauncher } from './adapters/local-launcher/index.ts';
import { launchTokens } from './launch-tokens.ts';
import { openRecordStore } from './open.ts';
import type { JobStore } from './ports/job-store.ts';
import type { Launcher } from './ports/launcher.ts';
import { tenantOf } from './tenant.ts';

export interface LauncherSettings {
  /** Of the service. */
  readonly folder: string;
  readonly jobs: JobStore;
  /** For the runners. */
  readonly env: { readonly ANNEAL_STORE: string; readonly ANNEAL_ARTIFACTS: string; readonly ANNEAL_DATA: string };
}

export interface OpenedLauncher {
  readonly launcher: Launcher;
  /** Whether runners share this machine's memory and its stores, and end with the service. */
  readonly ofThisMachine: boolean;
  /** Memory of a runner elsewhere, in bytes, where it is known. */
  readonly memoryBytes?: number | undefined;
  close(): Promise<void>;
}

type Opener = (rest: string, settings: LauncherSettings) => Promise<OpenedLauncher>;

const launchers: Record<string, Opener> = { local, batch };

/** @throws AnnealError invalid_request for an address of no known kind, or stores that its runners can't reach */
export async function openLauncher(address: string, settings: LauncherSettings): Promise<OpenedLauncher> {
  const [, kind = '', rest = ''] = /^([a-z]+)(?::(.*))?$/s.exec(address) ?? [];
  const opener = launchers[kind];
  if (opener) return opener(rest, settings);
  throw new AnnealError('invalid_request', `'${address}' is no launcher; there are local, batch:QUEUE?…`);
}

async function local(rest: string, { folder, env }: LauncherSettings): Promise<OpenedLauncher> {
  if (rest) throw new AnnealError('invalid_request', `'local:${rest}' is no launcher: local takes no options`);
  const launcher = localLauncher({ folder, env });
  return { launcher, ofThisMachine: true, close: async () => launcher.close() };
}

async function batch(rest: string, { env, jobs }: LauncherSettings): Promise<OpenedLauncher> {
  const { ANNEAL_DATA: _, ...stores } = env;
  const near = Object.values(stores).find((address) => /^(sqlite|file):/.test(address));
  if (near !== undefined) {
    const wanted = '--store dynamodb:TABLE?… and --artifacts s3:BUCKET/FOLDER?…';
    throw new AnnealError('invalid_request', `runners on AWS Batch can't reach ${near}; give ${wanted}`);
  }
  const { batchLauncher } = await import('./adapters/batch-launcher/index.ts');
  const tenant = /[?&]tenant=([^&]+)/.exec(env.ANNEAL_STORE)?.[1];
  const records = await openRecordStore(env.ANNEAL_STORE);
  const tokens = launchTokens(records, tenantOf(env.ANNEAL_STORE));
  const launcher = await batchLauncher(rest, { env: stores, tokens, ...(tenant !== undefined && { tenant }) });
  const { repeatReconcile } = await import('./adapters/batch-launcher/reconcile/repeat.ts');
  const { batch: runs, tail, memoryBytes } = launcher;
  const end = repeatReconcile({ jobs, batch: runs, tail });
  const close = async (): Promise<void> => {
    await end();
    await launcher.close();
    await records.close();
  };
  return { launcher, ofThisMachine: false, memoryBytes, close };
}
