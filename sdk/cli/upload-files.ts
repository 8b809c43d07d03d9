/** Uploads files of this machine as a data set and waits for its check, showing how it goes. Ctrl-C takes back what has begun. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import {
  ConnectionError,
  type Dataset,
  type NamedSource,
  type NewDatasetInput,
  ServerError,
  type UploadSource,
} from '../index.ts';
import { type Context, tell } from './context.ts';
import { type Embedded, ensureService } from './embedded.ts';
import { InputError } from './exit.ts';
import { UploadView } from './upload-view.ts';

export interface UploadFilesOptions {
  readonly name?: string;
  readonly data?: NewDatasetInput['data'];
  /** A data set that has been begun. */
  readonly to?: string;
}

/** Undefined where the user ended it. @throws DatasetFailedError, InputError for a file that can't be read, what the service answers */
export async function uploadFiles(
  context: Context,
  paths: readonly string[],
  { name, data, to }: UploadFilesOptions,
): Promise<Dataset | undefined> {
  const files = await filesAt(paths);
  const { datasets } = context.client;
  const view = new UploadView();
  const leaving = new AbortController();
  const { signal } = leaving;
  const onSignal = (given: NodeJS.Signals): void => {
    process.exitCode = given === 'SIGINT' ? 130 : 143;
    // Whoever asks twice does not want to wait.
    if (signal.aborted) process.exit();
    leaving.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let service: Embedded | undefined;
  let begun: Dataset | undefined;
  let complete = false;
  const onCreated = (dataset: Dataset): void => {
    begun = dataset;
    view.line(`${dataset.id} is begun`);
  };
  const onProgress = view.progress.bind(view);
  try {
    service = await ensureService(context);
    const uploaded = await (to === undefined
      ? datasets.upload(files, { signal, name, data, onCreated, onProgress })
      : datasets.resume(to, files, { signal, onProgress }));
    complete = true;
    view.end();
    tell(`All files have come; ${uploaded.check} checks them …`);
    return await datasets.wait(uploaded, { signal });
  } catch (error) {
    view.end();
    if (signal.aborted) {
      await takeBack(context, begun, complete);
      return undefined;
    }
    const id = to ?? begun?.id;
    const mayGoOn = error instanceof ConnectionError || error instanceof ServerError;
    if (id !== undefined && !complete && mayGoOn)
      tell(`What has come of ${id} is kept: the same command with --to ${id} goes on.`);
    throw error;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await service?.close();
  }
}

/** One that was begun here is removed; one that is complete, or was begun before, is left. */
async function takeBack({ client }: Context, begun: Dataset | undefined, complete: boolean): Promise<void> {
  if (begun && !complete) {
    await client.datasets.remove(begun.id);
    tell(`Stopped; ${begun.id} is removed.`);
  } else if (complete) tell('Stopped waiting; `anneal datasets list` shows what becomes of it.');
  else tell('Stopped; what has come is kept.');
}

/** @throws InputError */
async function filesAt(paths: readonly string[]): Promise<NamedSource[]> {
  const files = (await Promise.all(paths.map((path) => filesOf(path)))).flat();
  const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) < i);
  if (twice) throw new InputError(`two of the files would be called '${twice.name}'; upload their folder instead`);
  if (files.length > 0) return files;
  throw new InputError(`there is no file in ${paths.join(', ')}`);
}

/** A file by its own name, those of a folder with the folder's before it. */
async function filesOf(path: string): Promise<NamedSource[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `${error.code}`;
    throw new InputError(`${path} can't be read: ${why}`, { code: 'unreadable_file' });
  });
  const own = basename(resolve(path));
  if (found.isFile()) return [{ name: own, source: sourceAt(path, found.size) }];
  const entries = (await readdir(path, { recursive: true })).sort();
  const inner = entries.map(async (entry): Promise<NamedSource[]> => {
    const file = join(path, entry);
    const { size, isFile } = await stat(file).then((one) => ({ size: one.size, isFile: one.isFile() }));
    return isFile ? [{ name: `${own}/${entry.split(sep).join('/')}`, source: sourceAt(file, size) }] : [];
  });
  return (await Promise.all(inner)).flat();
}

const sourceAt = (path: string, size: number): UploadSource => ({
  size,
  stream: () => createReadStream(path, { highWaterMark: 2 ** 18 }),
  async sha256() {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Buffer);
    return hash.digest('hex');
  },
});
