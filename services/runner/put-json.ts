/** Artifacts in JSON, for people and programs. */
import type { TrainerHost } from './trainer-host.ts';

export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

export const putJson = (host: Pick<TrainerHost, 'put'>, name: string, value: unknown): void =>
  host.put(name, 'application/json', jsonBytes(value));
