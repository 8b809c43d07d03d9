/** `anneal artifacts`: lists what a job made, or fetches it, checked. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Artifact } from '../../index.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { bytes, table } from '../style.ts';
import { jobArgument } from './jobs.ts';

export function register(program: Command): void {
  program
    .command('artifacts')
    .description('list the artifacts of a job, or fetch them')
    .addArgument(jobArgument())
    .argument('[names...]', 'only these; a folder such as model/ means all in it')
    .option('-o, --out <folder>', 'fetch them into this folder')
    .action(async (id: string, names: string[], { out }: { out?: string }, command: Command) => {
      const context = contextOf(command);
      const list = await context.client.jobs.artifacts.list(id);
      const artifacts = choose(list.artifacts, names, id);
      if (out !== undefined) return fetchAll(context, id, artifacts, resolve(out));
      if (!list.complete) tell('The job is not done: there may be more to come.');
      result(context, { ...list, artifacts }, () => describe(artifacts));
    });
}

/** @throws InputError naming what is not there */
function choose(all: readonly Artifact[], names: readonly string[], id: string): readonly Artifact[] {
  if (names.length === 0) return all;
  const matches = (artifact: Artifact, name: string): boolean =>
    artifact.name === name || artifact.name.startsWith(name.endsWith('/') ? name : `${name}/`);
  const missing = names.find((name) => !all.some((artifact) => matches(artifact, name)));
  if (missing !== undefined)
    throw new InputError(`job ${id} has no artifact '${missing}'`, { code: 'artifact_not_found' });
  return all.filter((artifact) => names.some((name) => matches(artifact, name)));
}

const describe = (artifacts: readonly Artifact[]): string =>
  table(
    ['artifact', 'size', 'sha256'],
    artifacts.map(({ name, size, sha256 }) => [name, bytes(size), sha256.slice(0, 12)]),
  );

async function fetchAll(context: Context, id: string, artifacts: readonly Artifact[], folder: string): Promise<void> {
  const files: { name: string; path: string; size: number; sha256: string }[] = [];
  for (const artifact of artifacts) {
    const path = join(folder, artifact.name);
    await fetchOne(context, id, artifact.name, path);
    files.push({ name: artifact.name, path, size: artifact.size, sha256: artifact.sha256 });
    if (process.stderr.isTTY) tell(`${artifact.name}  ${bytes(artifact.size)}`);
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  result(context, { jobId: id, folder, files }, () => `${files.length} files, ${bytes(total)}, in ${folder}`);
}

/** A file has its name only once it is whole and its SHA-256 is right. */
async function fetchOne({ client }: Context, id: string, name: string, path: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, await client.jobs.artifacts.get(id, name), { flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOSPC: 'the disk is full', EACCES: 'writing there is not allowed' };
    if (code !== undefined && reasons[code]) throw new InputError(`${path} can't be written: ${reasons[code]}`);
    throw error;
  }
}
