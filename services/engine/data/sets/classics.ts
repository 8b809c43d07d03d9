/**
 * Small tables that scikit-learn carries: digits, iris, wine, breast cancer, diabetes.
 *
 * Sources: Alpaydin & Kaynak 1998; Fisher 1936; Forina et al. 1988; Wolberg, Street & Mangasarian 1995; Efron et al. 2004.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CacheOptions, entryFolder, entrySource, fetchIntoCache } from '../cache.ts';
import type { Inputs, Labels } from '../load.ts';
import { pythonWheel } from '../sources/python-wheel.ts';
import type { PublishedFile } from '../sources/source.ts';

const file = (name: string, bytes: number, sha256: string): PublishedFile => ({ name, bytes, sha256 });

const tables = {
  digits: file('digits.csv', 264712, '6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8'),
  iris: file('iris.csv', 2734, 'f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449'),
  wine: file('wine_data.csv', 11157, '10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede'),
  'breast-cancer': file(
    'breast_cancer.csv',
    119913,
    'fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed',
  ),
  diabetes: file('diabetes_data_raw.csv', 19733, 'ec2683754c379fdffc39f53922c475eff67e2fb9c94c7c27207b7c4371d51726'),
};
const target = file('diabetes_target.csv', 11050, '244713a551f62a291a354212d8a048adec6cb1244b2bc44e66a0698f5006d26d');

export type ClassicName = keyof typeof tables;

/** All of them come in one wheel, so they are one entry of the cache. */
export const classics = {
  name: 'scikit-learn-tables',
  files: { ...tables, target },
  sources: [pythonWheel('scikit-learn', '1.7.2', 'sklearn/datasets/data')],
};

export interface Classic {
  readonly inputs: Inputs;
  readonly labels: Labels;
  readonly classNames?: readonly string[];
  readonly source: string;
}

/** @throws AnnealError `data_missing`, `disk_full` */
export async function loadClassic(name: ClassicName, options: CacheOptions): Promise<Classic> {
  const entry = entryFolder(classics, options.cacheFolder);
  const read = async (table: PublishedFile) => parseTable(await readChecked(path.join(entry, table.name), table));
  const all = () => Promise.all([read(tables[name]), read(target), entrySource(entry)]);
  const cached = await all().catch(() => null);
  if (!cached) await fetchIntoCache(classics, options);
  const [table, targets, source] = cached ?? (await all());
  if (name !== 'diabetes') return { ...ofClasses(table, name === 'digits'), source };
  const labels: Labels = { kind: 'values', shape: [1], values: Float32Array.from(targets.rows.flat()) };
  return { inputs: inputsOf(table.rows), labels, source };
}

/** @throws Error if it is not the published file */
async function readChecked(place: string, { name, sha256 }: PublishedFile): Promise<string> {
  const text = await readFile(place, 'utf8');
  if (createHash('sha256').update(text).digest('hex') === sha256) return text;
  throw new Error(`${name} has another SHA-256 than the published file`);
}

interface Parsed {
  /** Of the line before the numbers, where there is one: rows, features, names of the classes. */
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly number[])[];
}

function parseTable(text: string): Parsed {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/[,\s]+/));
  const named = lines[0]!.some((cell) => Number.isNaN(Number(cell)));
  return { header: named ? lines[0]! : null, rows: lines.slice(named ? 1 : 0).map((cells) => cells.map(Number)) };
}

/** The last column is the class. */
function ofClasses({ header, rows }: Parsed, digits: boolean) {
  const classNames = digits ? [...'0123456789'] : header!.slice(2);
  const labels: Labels = {
    kind: 'class',
    classes: classNames.length,
    values: Int32Array.from(rows, (row) => row.at(-1)!),
  };
  return { inputs: inputsOf(rows.map((row) => row.slice(0, -1))), labels, classNames };
}

const inputsOf = (rows: readonly (readonly number[])[]): Inputs => ({
  dtype: 'float32',
  shape: [rows.length, rows[0]!.length],
  values: Float32Array.from(rows.flat()),
});
