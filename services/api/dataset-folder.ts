/** An uploaded data set in the place of the data folder: whether a spec's files are in it, and fit the spec, before the job is taken. */
import type { Datasets } from '@anneal/core/datasets/datasets.ts';
import {
  AnnealError,
  type Data,
  type Dataset,
  dataFiles,
  datasetOf,
  labelColumns,
  type NamedFile,
  nearest,
  SpecError,
} from '@anneal/schemas';
import type { DataFolder } from './services.ts';

type Table = Extract<Data, { type: 'csv' | 'jsonl' | 'parquet' }>;

/** Where the files of a spec are looked for: the data set that it names, or else the folder.
 *  @throws SpecError for a data set that isn't there or isn't ready */
export async function folderOf(
  data: Data,
  { datasets, data: folder }: { readonly datasets: Datasets; readonly data?: DataFolder | undefined },
): Promise<DataFolder | undefined> {
  const id = datasetOf(data);
  return id === undefined ? folder : datasetFolder(await readyDataset(id, datasets));
}

/** @throws SpecError naming what is to be done */
export async function readyDataset(id: string, datasets: Datasets, param = 'data.dataset'): Promise<Dataset> {
  const refuse = (code: 'data_missing' | 'data_damaged', text: string) =>
    new SpecError(code, `${param}: ${text}`, param);
  const found = await datasets.get(id).catch((error: unknown) => {
    if (!(error instanceof AnnealError) || error.code !== 'not_found') throw error;
    throw refuse('data_missing', `there is no data set '${id}'; 'anneal datasets list' shows those that there are`);
  });
  if (found.state === 'ready') return found;
  if (found.state === 'failed') throw refuse('data_damaged', `the data set ${id} has failed: ${found.error?.message}`);
  const why =
    found.state === 'checking'
      ? `is still being checked by ${found.check}; wait for its end`
      : 'is not complete: upload its files, then complete it';
  throw refuse('data_missing', `the data set ${id} ${why}`);
}

function datasetFolder(dataset: Dataset): DataFolder {
  const find = ({ name, param }: NamedFile) => {
    const file = dataset.files.find((one) => one.name === name);
    if (file) return file;
    throw absent(dataset, name, param);
  };
  return {
    async check(files) {
      for (const file of files) find(file);
    },
    async rows(data) {
      if (data.type === 'images') checkFolders(dataset, data);
      const files = dataFiles(data).map((named) => ({ ...named, contents: find(named).contents }));
      const [first, labels] = files;
      if (!first) return null;
      if (data.type === 'csv' || data.type === 'jsonl' || data.type === 'parquet') {
        checkColumns(data, first.contents?.columns ?? null);
        return data.missing === 'drop' ? null : (first.contents?.rows ?? null);
      }
      if (data.type !== 'npy') return null;
      const [rows, labelled] = [first.contents?.rows ?? null, labels?.contents?.rows ?? null];
      if (rows === null || labelled === null || rows === labelled) return rows;
      const text = `${data.labels} has ${labelled} rows, but ${data.inputs} has ${rows}; each input needs one label`;
      throw new SpecError('data_damaged', `data.labels: ${text}`, 'data.labels');
    },
  };
}

function absent({ id, files }: Dataset, name: string, param: string): SpecError {
  const names = files.map((file) => file.name);
  const near = nearest(name, names);
  const hint = near ? `did you mean '${near}'?` : `it has ${names.slice(0, 20).join(', ')}`;
  return new SpecError('data_missing', `${param}: the data set ${id} has no file '${name}'; ${hint}`, param);
}

function checkFolders({ id, files }: Dataset, { folder, classes }: Extract<Data, { type: 'images' }>): void {
  const start = folder.replace(/^(?:\.\/)+|^\.$|\/+$/g, '');
  for (const [i, name] of (classes ?? ['']).entries()) {
    const within = [start, name].filter((part) => part !== '').join('/');
    if (files.some((file) => within === '' || file.name.startsWith(`${within}/`))) continue;
    const param = name === '' ? 'data.folder' : `data.classes[${i}]`;
    throw new SpecError('data_missing', `${param}: the data set ${id} has no file in a folder '${within}'`, param);
  }
}

/** @param columns null where they are not known */
function checkColumns(data: Table, columns: readonly string[] | null): void {
  if (!columns) return;
  for (const [param, names] of [
    ['data.features', data.features],
    ['data.label', labelColumns(data)],
  ] as const) {
    const unknown = names.find((name) => !columns.includes(name));
    if (unknown === undefined) continue;
    const near = nearest(unknown, columns);
    const hint = near ? `did you mean '${near}'?` : `it has ${columns.slice(0, 40).join(', ')}`;
    throw new SpecError('data_missing', `${param}: ${data.file} has no column '${unknown}'; ${hint}`, param);
  }
}
