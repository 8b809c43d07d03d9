/** Files inside a Debian package, unpacked without being installed: no root needed, nothing changed on the system. */
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { copyFiles } from './folder.ts';
import type { Source } from './source.ts';

const run = promisify(execFile);

/** `apt-get` waits at most so long for one command: seconds. */
const patience = 180;

export function debianPackage(name: string, folderInside: string): Source {
  return {
    name: `the Debian package ${name}`,
    async obtain(folder, { files, log }) {
      const work = path.join(folder, 'debian');
      await mkdir(work);
      log(`fetching the Debian package ${name}`);
      const archive = await download(name, work);
      await command('dpkg-deb', ['-x', archive, path.join(work, 'unpacked')], work);
      await copyFiles(files, path.join(work, 'unpacked', folderInside), folder);
    },
  };
}

/**
 * Downloads with the system's package lists; where they are missing or out of date, with fresh lists in a private folder,
 * which an ordinary user may write. Returns the path of the archive.
 */
async function download(name: string, work: string): Promise<string> {
  const lists = path.join(work, 'lists');
  const cache = path.join(work, 'cache');
  const common = ['-q', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'APT::Sandbox::User=root'];
  const own = [...common, '-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`];
  try {
    await command('apt-get', [...common, 'download', name], work);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    await mkdir(path.join(lists, 'partial'), { recursive: true });
    await mkdir(path.join(cache, 'archives', 'partial'), { recursive: true });
    await command('apt-get', [...own, '-o', 'Debug::NoLocking=1', 'update'], work);
    await command('apt-get', [...own, 'download', name], work);
  }
  const archive = (await readdir(work)).find((file) => file.endsWith('.deb'));
  if (archive === undefined) throw new Error(`apt-get downloaded no archive of ${name}`);
  return path.join(work, archive);
}

async function command(program: string, args: string[], cwd: string): Promise<void> {
  try {
    await run(program, args, { cwd, timeout: patience * 1000, env: { ...process.env, LC_ALL: 'C' } });
  } catch (cause) {
    throw Object.assign(new Error(reason(program, cause as Failure), { cause }), { code: (cause as Failure).code });
  }
}

type Failure = Error & { code?: unknown; killed?: boolean; stderr?: string };

/** The first line in which the program itself says what is wrong. */
function reason(program: string, failure: Failure): string {
  if (failure.code === 'ENOENT') return `${program} is not on this machine`;
  if (failure.killed) return `${program} took longer than ${patience} s`;
  const lines = (failure.stderr ?? '').split('\n').filter((line) => /^(E|W|dpkg-deb: error):/.test(line));
  const line = lines.find((text) => text.startsWith('E:') || text.startsWith('dpkg')) ?? lines[0] ?? failure.message;
  return `${program}: ${line.replace(/^[EW]:\s*/, '')}`;
}
