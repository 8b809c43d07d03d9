/** What the functions of Lambda beside the launcher read of their environment. */
import { AnnealError } from '@anneal/schemas';

/** An address without its kind. @throws AnnealError invalid_request if a variable is missing or names another kind of store */
export function addressIn(env: NodeJS.ProcessEnv, name: string, kind: string): string {
  const address = env[name] ?? '';
  if (address.startsWith(kind)) return address.slice(kind.length);
  throw new AnnealError('invalid_request', `${name} is '${address}'; this function needs one that begins with ${kind}`);
}

/** @throws AnnealError invalid_request if it is missing */
export function variableIn(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new AnnealError('invalid_request', `${name} is not set`);
}
