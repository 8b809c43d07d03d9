/** Files of Docker Compose, read as Docker Compose reads them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { composeReader } from '../../../infra/stand-ins/index.mjs';

const infra = fileURLToPath(new URL('../../../infra/', import.meta.url));
export const composeFile = join(infra, 'compose.yaml');
export const gpuFile = join(infra, 'compose.gpu.yaml');

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly command: readonly string[];
  readonly entrypoint: readonly string[] | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly host_ip?: string; readonly published: string; readonly target: number }[];
  readonly volumes: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly deploy?: { readonly resources: unknown };
}

export interface ComposeProject {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** Merges files. @throws Error with the words of the reader */
type ReadCompose = (files: readonly string[], variables: Readonly<Record<string, string>>) => Promise<ComposeProject>;

/** @throws NoStandIn */
export async function openCompose(): Promise<{ read: ReadCompose; stop?(): Promise<void> }> {
  const program = await composeReader();
  return {
    async read(files, variables) {
      const run = promisify(execFile)(program, files, { env: variables });
      const { stdout } = await run.catch(({ stderr }) => {
        throw new Error(stderr);
      });
      return JSON.parse(stdout) as ComposeProject;
    },
  };
}
