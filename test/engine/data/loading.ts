/** Data loaded out of a folder that a test file writes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { type Data, data, parse } from '@anneal/schemas';
import { type LoadedData, loadData } from '../../../services/engine/data/load.ts';

export const specOf = (given: object): Data => parse(data, given);

export let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'anneal-sources-'));
});
after(() => rm(folder, { recursive: true }));

export const load = (given: object): Promise<LoadedData> =>
  loadData(specOf(given), { seed: 1, dataFolder: folder, log: () => {} });

export const write = (name: string, text: string | Uint8Array) => writeFile(path.join(folder, name), text);
