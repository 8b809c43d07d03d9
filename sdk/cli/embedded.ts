/** A service inside this process, for `submit --wait` without a running one. */
import { ConnectionError } from '../index.ts';
import { type Context, tell } from './context.ts';

export interface Embedded {
  /** Stops the service and its runners. */
  close(): Promise<void>;
}

/** Starts a service in the folder unless one answers already; undefined if one does. */
export async function ensureService(context: Context): Promise<Embedded | undefined> {
  try {
    await context.client.health({ maxRetries: 0, timeout: 5_000 });
    return undefined;
  } catch (error) {
    if (context.addressGiven || !(error instanceof ConnectionError)) throw error;
  }
  const { serve } = await import('@anneal/api/node.ts');
  const service = await serve({ folder: context.folder, port: 0 });
  tell(`No service runs in ${context.folder}; this command runs one at ${service.url} until it is done.`);
  return service;
}
