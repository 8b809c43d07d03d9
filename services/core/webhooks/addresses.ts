/**
 * Where messages may go: to public addresses, and private ones only of networks that the service's owner names. A name is resolved,
 * every address of it is looked at, and the connection goes to just these: a name that changes in between leads nowhere else.
 */

import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { AnnealError } from '@anneal/schemas';
import ipaddr from 'ipaddr.js';

/** In words; undefined for an address that is allowed. */
export function refusal(address: string, networks: readonly string[]): string | undefined {
  // ::ffff:10.0.0.1 is 10.0.0.1.
  const parsed = ipaddr.process(address);
  const allowed = networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === parsed.kind() && parsed.match(base, bits);
  });
  const range = parsed.range();
  return allowed || range === 'unicast' ? undefined : `${address} is not a public address (${range})`;
}

/** @throws AnnealError invalid_request for what is no network */
export function checkNetworks(networks: readonly string[]): void {
  const wrong = networks.find((network) => !ipaddr.isValidCIDR(network));
  if (wrong === undefined) return;
  throw new AnnealError('invalid_request', `'${wrong}' is no network; one looks like 10.0.0.0/8 or fd00::/8`);
}

/** What can be said of an address before it is resolved. @throws AnnealError invalid_request */
export function checkUrl(text: string, networks: readonly string[]): void {
  const fault = (why: string) => new AnnealError('invalid_request', `url: ${why}`, 'url');
  if (!URL.canParse(text)) throw fault(`'${text.slice(0, 200)}' is no address`);
  const url = new URL(text);
  const plain = url.protocol === 'http:';
  if (plain && networks.length === 0) throw fault(`messages are sent by https only, not to '${url.protocol}//…'`);
  if (!plain && url.protocol !== 'https:') throw fault(`'${url.protocol}' is not allowed; allowed: https`);
  if (url.username !== '' || url.password !== '') throw fault('it must hold no user name and no password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const why = isIP(host) === 0 ? undefined : refusal(host, networks);
  if (why) throw fault(why);
}

export type Resolve = (
  name: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** For a connection: resolves a name, and fails unless every address of it is allowed. */
export const checkedLookup =
  (networks: readonly string[], resolve: Resolve = lookup): LookupFunction =>
  (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const why = addresses?.map(({ address }) => refusal(address, networks)).find((one) => one !== undefined);
      const failure = error ?? (why === undefined ? null : new Error(`${name} leads to ${why}`));
      const [first] = addresses ?? [];
      if (failure || !first) return done(failure ?? new Error(`${name} has no address`), '', 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
