/** What the environment of a function says. What is wrong with it ends the function's start, with the name of the variable. */

import { checkNetworks } from '@anneal/core/webhooks/addresses.ts';

/** @throws Error if it is not set */
export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`${name} is not set`);
}

/** @throws Error if it is no whole number above 0 */
export function numberIn(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name}: '${text}' must be a whole number above 0`);
}

/** An address without its kind. @throws Error if it is of another kind */
export function restOf(address: string, kind: string, name: string): string {
  if (address.startsWith(`${kind}:`)) return address.slice(kind.length + 1);
  throw new Error(`${name}: '${address}' must begin with ${kind}:`);
}

/** @throws AnnealError for what is no network */
export function networksIn(env: NodeJS.ProcessEnv): string[] {
  const networks = env.ANNEAL_WEBHOOK_NETWORKS?.split(',').map((network) => network.trim()) ?? [];
  checkNetworks(networks);
  return networks;
}
