/** What every command works with: the client, the folder of the service, and the two outputs. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DEFAULT_FOLDER } from '../client/address.ts';
import { Anneal } from '../index.ts';

export interface GlobalOptions {
  readonly json?: true;
  readonly url?: string;
  readonly token?: string;
  readonly home?: string;
}

export interface Context {
  readonly client: Anneal;
  readonly json: boolean;
  /** Absolute. */
  readonly folder: string;
  /** The user said where the service is, so no other one is started. */
  readonly addressGiven: boolean;
}

/** Flags go before the environment; both are read by the client as environment. */
export function contextOf(command: Command): Context {
  const { json, url, token, home } = command.optsWithGlobals<GlobalOptions>();
  if (home !== undefined) {
    process.env.ANNEAL_HOME = home;
    delete process.env.ANNEAL_URL;
  }
  if (url !== undefined) process.env.ANNEAL_URL = url;
  if (token !== undefined) process.env.ANNEAL_TOKEN = token;
  return {
    client: new Anneal(),
    json: json ?? false,
    folder: resolve(process.env.ANNEAL_HOME || DEFAULT_FOLDER),
    addressGiven: process.env.ANNEAL_URL !== undefined,
  };
}

/** Results. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Progress, and all that is said to people only. */
export const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** The result, in one of two forms. */
export function result(context: Context, value: unknown, text: () => string): void {
  print(context.json ? JSON.stringify(value, null, 2) : text());
}
