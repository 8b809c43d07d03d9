/** Where the service is: as told, or from the environment, or the one that runs in this folder. */
import { ConnectionError } from './errors.ts';

export interface Address {
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/** What is used of Node where there is one; browsers have none of it. */
interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: 'node:fs'): { readFileSync(path: string, encoding: 'utf8'): string };
}

const node = (): NodeProcess | undefined => (globalThis as { process?: NodeProcess }).process;

/** Folder of the service that belongs to the current folder. */
export const DEFAULT_FOLDER = '.anneal';

/**
 * Looked up for every request, so that a client follows a service that was started again on another port.
 * @throws ConnectionError no_server  if nothing says where the service is
 */
export function findAddress(options: { baseUrl?: string | undefined; token?: string | undefined }): Address {
  const env = node()?.env ?? {};
  const given = options.baseUrl ?? env.ANNEAL_URL;
  const folder = env.ANNEAL_HOME || DEFAULT_FOLDER;
  const embedded = given === undefined ? readServerFile(folder) : undefined;
  const baseUrl = given ?? embedded;
  if (baseUrl === undefined)
    throw new ConnectionError(
      `No service runs in ${folder}: start one with 'anneal serve', or give its address in ANNEAL_URL or as baseUrl.`,
      { code: 'no_server' },
    );
  const token = options.token ?? env.ANNEAL_TOKEN ?? (embedded && readText(`${folder}/token`)?.trim());
  return { baseUrl: baseUrl.replace(/\/+$/, ''), token };
}

function readServerFile(folder: string): string | undefined {
  const text = readText(`${folder}/server.json`);
  if (text === undefined) return undefined;
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    return typeof url === 'string' ? url : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return node()?.getBuiltinModule?.('node:fs').readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
