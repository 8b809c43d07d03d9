/** Who asks: bearer tokens (RFC 6750), and whom they stand for. */
import { type ApiKeys, looksLikeKey, type Scope, scopes } from '@anneal/core/api-keys.ts';
import { AnnealError } from '@anneal/schemas';
import type { MiddlewareHandler } from 'hono';
import type { Variables } from './endpoint.ts';

export interface Identity {
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** Of the API key; null for the service's own token. */
  readonly keyId: string | null;
}

/** Whom a token stands for; undefined for nobody. */
export type Authenticate = (token: string) => Promise<Identity | undefined>;

/** The service's own token, which may do everything as one tenant. */
export function ownerToken(token: string, tenant: string): Authenticate {
  const expected = digest(token);
  const owner: Identity = { tenant, scopes, keyId: null };
  return async (given) => (same(await digest(given), await expected) ? owner : undefined);
}

/** Milliseconds that a key is taken for good after it was looked up: so long may a revoked one go on in a process that knows it. */
export const KEY_REMEMBERED = 10_000;
/** Keys remembered at once. */
const CAPACITY = 1000;

/** API keys, looked up in the store. Only good ones are remembered, by their digest. */
export function keyAuth(keys: ApiKeys, now: () => number = Date.now): Authenticate {
  const known = new Map<string, { identity: Identity; until: number }>();
  return async (given) => {
    if (!looksLikeKey(given)) return undefined;
    const name = Array.from(await digest(given), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const remembered = known.get(name);
    if (remembered && remembered.until > now()) return remembered.identity;
    known.delete(name);
    const key = await keys.find(given);
    if (!key) return undefined;
    const identity: Identity = { tenant: key.tenant, scopes: key.scopes, keyId: key.id };
    known.set(name, { identity, until: now() + KEY_REMEMBERED });
    const [oldest] = known.keys();
    if (known.size > CAPACITY && oldest !== undefined) known.delete(oldest);
    return identity;
  };
}

/** The first of several ways that knows the token. */
export const firstOf =
  (...ways: readonly Authenticate[]): Authenticate =>
  async (given) => {
    for (const way of ways) {
      const identity = await way(given);
      if (identity) return identity;
    }
    return undefined;
  };

/** Lets through who has a token, and preflights, which can't have it. */
export function bearerAuth(authenticate: Authenticate): MiddlewareHandler<{ Variables: Variables }> {
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return next();
    const given = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (given === undefined) {
      throw new AnnealError(
        'unauthorized',
        'send the token of the service, or an API key, as: Authorization: Bearer TOKEN',
      );
    }
    const identity = await authenticate(given);
    if (!identity) {
      const what = looksLikeKey(given)
        ? 'the API key is unknown or revoked'
        : 'the token is not the one of this service';
      throw new AnnealError('unauthorized', what);
    }
    c.set('identity', identity);
    return next();
  };
}

/** @throws AnnealError forbidden */
export function checkScope({ scopes: given, keyId }: Identity, needed: Scope): void {
  if (given.includes(needed) || given.includes('admin')) return;
  throw new AnnealError('forbidden', `the key ${keyId} has the scopes ${given.join(', ')}; this needs ${needed}`);
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Takes as long wherever the difference is; on digests, even the length of the token stays unknown. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
