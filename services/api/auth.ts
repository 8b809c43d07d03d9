/** The bearer token (RFC 6750). */
import { AnnealError } from '@anneal/schemas';
import type { MiddlewareHandler } from 'hono';

/** Lets through who has the token, and preflights, which can't have it. */
export function bearerAuth(token: string): MiddlewareHandler {
  const expected = digest(token);
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return next();
    const given = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (given === undefined) {
      throw new AnnealError('unauthorized', 'send the token of the service as: Authorization: Bearer TOKEN');
    }
    if (!same(await digest(given), await expected)) {
      throw new AnnealError('unauthorized', 'the token is not the one of this service');
    }
    return next();
  };
}

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Takes as long wherever the difference is; on digests, even the length of the token stays unknown. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] ?? 0) ^ (b[at] ?? 0);
  return difference === 0;
}
