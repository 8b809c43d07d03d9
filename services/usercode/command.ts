/**
 * The command that starts the confined process: this Node under its permission model, with limits of the system around it.
 *
 * - Node's permission model refuses files (its own program apart), child processes, worker threads and addons; from Node 25 on, the network too.
 * - On Linux the process has a network of its own without interfaces (`unshare --net`), where the system lets users have that, and goes with its
 *   parent (`setpriv --pdeathsig`).
 * - `ulimit` bounds processor time, so that nothing loops on after its parent was killed, and data, which bounds arrays outside of Node's heap;
 *   no core file is written. The environment is empty.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Limits } from './limits.ts';

export interface ConfinedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What holds the process, for people. */
  readonly confinement: readonly string[];
  /** What does not hold it on this machine, for people. */
  readonly gaps: readonly string[];
}

interface Guard {
  readonly words: readonly string[];
  readonly says: string;
}

const OWN_NETWORK = 'no network interfaces';
/** From this version on the permission model covers the network. */
const NODE_WITH_NETWORK = 25;

const guards: readonly Guard[] = [
  { words: ['setpriv', '--pdeathsig', 'KILL', '--no-new-privs'], says: 'ends with its parent' },
  { words: ['unshare', '--net', '--map-root-user'], says: OWN_NETWORK },
];

const NO_NETWORK_GUARD = `this system gives a process no network of its own, and Node has no permission for the network before ${NODE_WITH_NETWORK}: only the module's context keeps it from the network`;

let available: readonly Guard[] | undefined;

/** Tried once, by running each with nothing to do. */
function availableGuards(): readonly Guard[] {
  available ??= guards.filter(({ words: [command, ...args] }) => {
    if (process.platform !== 'linux') return false;
    return spawnSync(command!, [...args, 'true'], { stdio: 'ignore', timeout: 5_000 }).status === 0;
  });
  return available;
}

/** What this Node reserves and never touches, half a gibibyte from Node 24 on: it counts as data all the same. 0 where the system doesn't say. */
function reservedKibibytes(): number {
  if (process.platform !== 'linux') return 0;
  const status = readFileSync('/proc/self/status', 'utf8');
  const [data = 0, resident = 0] = ['VmData', 'VmRSS'].map((name) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0),
  );
  return Math.max(0, data - resident);
}

/** Of the memory, so that Node ends by its own message before the system refuses it any. */
const HEAP_SHARE = 0.6;

/** The flag of this Node, undefined if it has no permission model. */
export function permissionFlag(): string | undefined {
  return ['--permission', '--experimental-permission'].find((flag) => process.allowedNodeEnvironmentFlags.has(flag));
}

/** @returns undefined if this Node can't confine a process */
export function confinedCommand(program: string, { seconds, mebibytes }: Limits): ConfinedCommand | undefined {
  const permission = permissionFlag();
  if (permission === undefined) return undefined;
  const guarded = availableGuards();
  const node = [
    ...[process.execPath, permission, `--allow-fs-read=${program}`, '--no-warnings', '--no-addons'],
    ...[
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${Math.floor(HEAP_SHARE * mebibytes)}`,
      '--stack-size=900',
      program,
    ],
  ];
  const data = mebibytes * 1024 + reservedKibibytes();
  const bounds = `ulimit -c 0; ulimit -t ${Math.ceil(seconds) + 1}; ulimit -d ${data} 2>/dev/null; exec "$@"`;
  const says = guarded.map((guard) => guard.says);
  const network = says.includes(OWN_NETWORK) || Number(process.versions.node.split('.')[0]) >= NODE_WITH_NETWORK;
  return {
    command: '/bin/sh',
    args: ['-c', bounds, 'sh', ...guarded.flatMap(({ words }) => words), ...node],
    confinement: [`node ${permission}`, ...says],
    gaps: network ? [] : [NO_NETWORK_GUARD],
  };
}
