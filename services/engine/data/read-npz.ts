/** Reads two arrays of an .npz file: a ZIP archive of .npy files. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AnnealError, type Data } from '@anneal/schemas';
import { unzipSync } from 'fflate';
import { openArrays } from './arrays.ts';
import { dataFile } from './data-file.ts';
import type { Inputs, Labels } from './load.ts';
import { readOpened } from './open-arrays.ts';

/** @throws AnnealError `data_missing`, `data_damaged`, `invalid_spec` */
export async function readNpz(
  spec: Extract<Data, { type: 'npz' }>,
  dataFolder: string,
): Promise<{ inputs: Inputs; labels: Labels }> {
  const bytes = await readFile(await dataFile(dataFolder, spec.file, 'data.file'));
  const wanted = {
    inputs: `${spec.inputs}.npy`,
    ...(spec.labels !== null && { labels: `${spec.labels}.npy` }),
  };
  const found = unpack(bytes, Object.values(wanted), spec.file);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'anneal-npz-'));
  try {
    for (const [field, name] of Object.entries(wanted)) {
      const array = found.files[name];
      if (!array) throw missing(field, name, spec.file, found.names);
      await writeFile(path.join(folder, name), array);
    }
    const { labels: _labels, ...rest } = spec;
    return await readOpened(await openArrays({ ...rest, type: 'npy', ...wanted }, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unpack(bytes: Uint8Array, wanted: readonly string[], name: string) {
  const names: string[] = [];
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        names.push(file.name);
        return wanted.includes(file.name);
      },
    });
    return { files, names };
  } catch (cause) {
    const message = `data.file: ${name} is no whole .npz file: ${(cause as Error).message}`;
    throw new AnnealError('data_damaged', message, 'data.file', [], { cause });
  }
}

function missing(field: string, name: string, file: string, names: readonly string[]): AnnealError {
  const there = names.map((one) => one.replace(/\.npy$/, '')).join(', ');
  const message = `data.${field}: ${file} has no array '${name.replace(/\.npy$/, '')}'; it has ${there}${field === 'labels' ? '; only a predict job does without labels, by labels: null' : ''}`;
  return new AnnealError('data_missing', message, `data.${field}`);
}
