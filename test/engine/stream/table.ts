/** A table on disk and its spec, for tests of streaming. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { type Data, type DataPlace, data, parse } from '@anneal/schemas';
import type { DataSet, StreamedData } from '../../../services/engine/data/data-set.ts';
import { type OpenOptions, openData } from '../../../services/engine/data/open-data.ts';
import { random } from '../../../services/engine/data/permutation.ts';
import { temporaryFolder } from '../data/small-set.ts';

export const ROWS = 1000;
const CLASSES = 3;

/** Rows `a,b,c,label`, of three clouds, sorted by class as files often are. */
export function csvText(rows = ROWS): string {
  const next = random(5);
  const noise = () => next() / 2 ** 32 - 0.5;
  const line = (row: number) => {
    const label = Math.floor((row * CLASSES) / rows);
    return [label + noise(), 3 * label - noise() * 2, 100 + 5 * noise(), label].join(',');
  };
  return `a,b,c,label\n${Array.from({ length: rows }, (_row, i) => line(i)).join('\n')}\n`;
}

export interface Place {
  readonly folder: string;
  readonly cacheFolder: string;
  readonly lines: string[];
  open(spec?: object, options?: Partial<OpenOptions>): Promise<DataSet>;
  streamed(spec?: object, options?: Partial<OpenOptions>): Promise<StreamedData>;
}

/** A data folder with `table.csv`, and an empty cache. */
export async function place(t: TestContext, text = csvText()): Promise<Place> {
  const root = await temporaryFolder(t);
  const [folder, cacheFolder] = [path.join(root, 'data'), path.join(root, 'cache')];
  await mkdir(folder);
  await writeFile(path.join(folder, 'table.csv'), text);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const open = (spec: object = {}, options: Partial<OpenOptions> = {}) =>
    openData(tableSpec(spec), { seed: 1, dataFolder: folder, cacheFolder, log, ...options });
  const streamed = async (spec: object = {}, options: Partial<OpenOptions> = {}) =>
    (await open({ streaming: 'always', ...spec }, options)) as StreamedData;
  return { folder, cacheFolder, lines, open, streamed };
}

/** What is undefined in `fields` is left out. */
export function tableSpec(fields: object = {}): Data {
  const all = {
    type: 'csv',
    file: 'table.csv',
    features: ['a', 'b', 'c'],
    label: 'label',
    classes: CLASSES,
    split: { validation: 0.2, test: 0.1 },
    ...fields,
  };
  return parse(data, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}

/** MiB that hold so many rows of the table: 16 bytes each. */
export const mebibytesOf = (rows: number): number => (rows * 16) / 2 ** 20;

export const placeOf = (of: DataSet): DataPlace => of.place!;
