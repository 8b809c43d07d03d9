/**
 * A container as far as it can be had without an engine: what the install script installs, started by the entry script with the settings
 * of the Dockerfile, as its user, without rights, as the first process of its own, on a file system that is read-only but for
 * the folder of work. That takes root and Linux; elsewhere the tree alone is read-only, and the user is whoever runs the tests.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settings } from './dockerfile.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const INSTALLED = '/opt/anneal';
const WORK = '/var/lib/anneal';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Container {
  /** Sends a signal to its first process. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Done once its output has held the text. */
  until(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** Whether a container has namespaces of its own here. */
export const isolated = process.getuid?.() === 0 && canUnshare();

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['--mount', '--pid', '--fork', '--mount-proc', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Installs the image's tree into a temporary folder. */
export async function installTree(): Promise<{ tree: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-image-'));
  await chmod(folder, 0o755);
  const tree = join(folder, 'anneal');
  const remove = async (): Promise<void> => {
    if (!isolated) await promisify(execFile)('chmod', ['-R', 'u+w', folder]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await promisify(execFile)(process.execPath, [join(repository, 'infra/docker/install.mjs'), tree]);
    if (!isolated) await promisify(execFile)('chmod', ['-R', 'a-w', tree]);
  } catch (error) {
    await remove();
    throw error;
  }
  return { tree, remove };
}

/** A folder of work of the container's user, which goes with the test. */
export async function workFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-work-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  if (isolated) execFileSync('chown', [settings().user, folder]);
  return folder;
}

export interface ContainerOptions {
  readonly tree: string;
  readonly work: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of the Dockerfile's. */
  readonly entrypoint?: readonly string[];
}

export function startContainer(t: TestContext, options: ContainerOptions): Container {
  const { tree, work } = options;
  const image = settings();
  const here = (text: string): string => text.replace(INSTALLED, tree).replace(WORK, work);
  const [program = '', ...first] = (options.entrypoint ?? image.entrypoint).map(here);
  const args = [...first, ...(options.args ?? image.command)];
  const own = Object.entries({ ...image.env, ...options.env }).map(([name, value]) => [name, here(value)]);
  const env = { PATH: process.env.PATH, ...(Object.fromEntries(own) as Record<string, string>) };
  const command = [program === 'node' ? process.execPath : program, ...args];
  const child = spawnIn(isolated ? inNamespaces(work, image.user, command) : command, work, env);
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream!.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      for (const look of waiting) look();
    });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, output }) as Ended);
  return {
    ended,
    async kill(signal) {
      process.kill(isolated ? await onlyChild(child.pid!) : child.pid!, signal);
    },
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (output.includes(text)) resolve();
        };
        waiting.add(look);
        void ended.then(() => reject(new Error(`ended without '${text}': ${output}`)));
        look();
      }),
  };
}

const spawnIn = ([program = '', ...args]: string[], cwd: string, env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });

/** Namespaces of mounts and processes; every mount read-only but for the folder of work; then the user, who can gain no rights. */
function inNamespaces(work: string, user: string, command: string[]): string[] {
  const [uid = '', gid = ''] = user.split(':');
  const script = `
    mount --bind "$1" "$1"
    awk '{ print $5 }' /proc/self/mountinfo | while read -r place; do
      case "$place" in "$1" | /proc* | /sys* | /dev*) ;; *) mount -o remount,bind,ro "$place" ;; esac
    done
    cd "$1"; shift
    exec "$@"`;
  const asUser = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--no-new-privs',
    '--bounding-set=-all',
  ];
  const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return [...namespaces, 'sh', '-euc', script, 'sh', work, ...asUser, ...command];
}

/** The first process of the namespace is the child of `unshare`. */
async function onlyChild(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  const [child, ...more] = children.trim().split(' ').filter(Boolean).map(Number);
  if (child === undefined || more.length > 0) throw new Error(`the container has the processes '${children}'`);
  return child;
}
