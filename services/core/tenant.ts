/**
 * Tenants: who owns jobs, artifacts, keys, webhooks and data sets. A service may serve several; the stores of each are at an address of
 * its own, written once with `{tenant}` in it: `dynamodb:TABLE?tenant={tenant}`, `s3:BUCKET/{tenant}`, `sqlite:/data/{tenant}/jobs.db`.
 */
import { AnnealError } from '@anneal/schemas';

/** The owner where nobody says who it is. */
export const DEFAULT_TENANT = 'default';

const PLACEHOLDER = '{tenant}';

/** @throws AnnealError invalid_request */
export function checkTenant(tenant: string): void {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(tenant)) return;
  throw new AnnealError('invalid_request', `tenant: '${tenant}' is not allowed: 1 to 64 letters, digits, _ and -`);
}

/** Whether the stores at an address are of several tenants. */
export const servesTenants = (address: string): boolean => address.includes(PLACEHOLDER);

/** The tenant that the address of a job store names; the default one where it names none. */
export function tenantOf(address: string): string {
  const [, query = ''] = address.split('?', 2);
  return new URLSearchParams(query).get('tenant') ?? DEFAULT_TENANT;
}

/** The address of one tenant's store. @throws AnnealError invalid_request for a name that could lead elsewhere */
export function addressOf(address: string, tenant: string): string {
  checkTenant(tenant);
  return address.replaceAll(PLACEHOLDER, tenant);
}
