/** Where the stores of each tenant are. */
import path from 'node:path';
import { addressOf, checkTenant, DEFAULT_TENANT, servesTenants, tenantOf } from '@anneal/core/tenant.ts';
import { AnnealError } from '@anneal/schemas';

export interface Addresses {
  /** The tenant of the service's own token. */
  readonly home: string;
  serves(tenant: string): boolean;
  store(tenant: string): string;
  artifacts(tenant: string): string;
  /** Folder of data files, absolute. */
  data(tenant: string): string;
  /** Folder for what the service keeps of a tenant on this machine: runners, logs. */
  folder(tenant: string): string;
}

export interface AddressOptions {
  readonly store?: string | undefined;
  readonly artifacts?: string | undefined;
  readonly dataFolder?: string | undefined;
}

/** What is left out is read from the environment, and else lies in the folder: of the default tenant in itself, of others in `tenants/`. */
export function addressesOf(folder: string, options: AddressOptions): Addresses {
  const store = options.store ?? (process.env.ANNEAL_STORE || undefined);
  const artifacts = options.artifacts ?? (process.env.ANNEAL_ARTIFACTS || undefined);
  const data = options.dataFolder ?? process.env.ANNEAL_DATA;
  const several = areTemplates(store, artifacts);
  const home = several ? DEFAULT_TENANT : tenantOf(store ?? '');
  const own = (tenant: string): string => {
    checkTenant(tenant);
    return tenant === home ? folder : path.join(folder, 'tenants', tenant);
  };
  const serves = (tenant: string): boolean => several || tenant === home;
  const at = (address: string | undefined, tenant: string, kind: string, file: string): string => {
    if (!serves(tenant)) throw notServed(tenant, home);
    return address === undefined ? `${kind}:${path.join(own(tenant), file)}` : addressOf(address, tenant);
  };
  return {
    ...{ home, serves, folder: own },
    store: (tenant) => at(store, tenant, 'sqlite', 'jobs.db'),
    artifacts: (tenant) => at(artifacts, tenant, 'file', 'artifacts'),
    // The files of one tenant are nothing to another.
    data: (tenant) => (data === undefined || tenant !== home ? path.join(own(tenant), 'data') : path.resolve(data)),
  };
}

/** Whether the addresses that are given are of several tenants. @throws AnnealError invalid_request where only one of two is */
function areTemplates(store: string | undefined, artifacts: string | undefined): boolean {
  const given = [store, artifacts].filter((address) => address !== undefined);
  const templates = given.filter(servesTenants);
  if (templates.length > 0 && templates.length < given.length) {
    const text = `{tenant} must be in both addresses or in none: jobs are in ${store}, artifacts in ${artifacts}`;
    throw new AnnealError('invalid_request', text);
  }
  return templates.length === given.length;
}

const notServed = (tenant: string, home: string): AnnealError =>
  new AnnealError(
    'forbidden',
    `this service holds the jobs of ${home} only, not those of ${tenant}; its addresses would need {tenant} for that`,
  );
