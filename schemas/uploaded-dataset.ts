/** Data sets that users upload: their files, what was found in them, and how far they have come. */
import { z } from 'zod';
import { artifactName } from './artifact.ts';
import { datasetId } from './dataset/common.ts';
import { type Data, data, datasetOf, readsFiles, withDataset } from './dataset/index.ts';
import { errorDetail, SpecError } from './error.ts';
import { jobId } from './model-source.ts';

/** S3 takes no more in one request. */
export const LARGEST_UPLOAD = 5 * 2 ** 30;
const MOST_FILES = 100;
/** Bytes of JSON: it is part of a small record. */
const LARGEST_DATA = 30_000;

const fileName = artifactName.max(200).describe('As specs name it: a relative path of letters, digits, ., _ and -.');

const file = z.strictObject({
  name: fileName,
  size: z.int().min(0).max(LARGEST_UPLOAD).describe('Bytes; at most 5 GiB.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 hexadecimal digits, lower case')
    .describe('Of the bytes, in hexadecimal.'),
});

export const newDataset = z
  .strictObject({
    name: z.string().min(1).max(200).optional().describe('For people; need not be unique.'),
    files: z.array(file).min(1).max(MOST_FILES).describe('What will be uploaded.'),
    data: data
      .optional()
      .describe(
        'How the files are read, as in the spec of a job. The check then opens them so, and reports on the examples.',
      ),
  })
  .meta({ id: 'NewDataset' });
export type NewDataset = z.output<typeof newDataset>;

export const fileContents = z
  .object({
    format: z.enum(['csv', 'jsonl', 'parquet', 'npy', 'other']).describe('By the ending of its name.'),
    rows: z.int().nullable().describe('Null where only a spec says how it is read.'),
    columns: z
      .array(z.string())
      .nullable()
      .describe('Of a table; null for others, and where they are too many to list.'),
    shape: z.array(z.int()).nullable().describe('Of an array: [rows, …].'),
    delimiter: z.string().nullable().describe('Between two cells of a CSV file.'),
  })
  .meta({ id: 'FileContents', description: 'What the check found in a file.' });
export type FileContents = z.output<typeof fileContents>;

export const datasetState = z
  .enum(['uploading', 'checking', 'ready', 'failed'])
  .meta({ id: 'DatasetState', description: 'Only jobs on a `ready` one are taken.' });
export type DatasetState = z.output<typeof datasetState>;

export const dataset = z
  .object({
    id: datasetId,
    name: z.string().nullable(),
    files: z.array(file.extend({ contents: fileContents.nullable().describe('Null before the check.') })),
    data: data.nullable().describe('As it was created with.'),
    state: datasetState,
    error: errorDetail.nullable().describe('Why it failed.'),
    check: jobId.nullable().describe('The job that looks at the files, once all have come.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Dataset', description: 'Files that were uploaded: immutable once all of them have come.' });
export type Dataset = z.output<typeof dataset>;

export const datasetUpload = z
  .object({
    name: fileName,
    method: z.literal('PUT'),
    url: z.string().describe('Where to; a path belongs to this service, and needs its token.'),
    headers: z.record(z.string(), z.string()).describe('To be sent exactly so.'),
    expiresAt: z.iso.datetime().nullable().describe('Ask again after it; null if it holds as long as the data set.'),
  })
  .meta({ id: 'DatasetUpload', description: 'The request that uploads a file.' });
export type DatasetUpload = z.output<typeof datasetUpload>;

export const datasetUploads = z
  .object({ dataset, uploads: z.array(datasetUpload).describe('Of the files that have not come yet.') })
  .meta({ id: 'DatasetUploads' });

export const datasetPage = z
  .object({
    items: z.array(dataset),
    next: z.string().nullable().describe('Give it as `cursor` for the next page; null at the end.'),
  })
  .meta({ id: 'DatasetPage', description: 'Data sets, newest first.' });

/** What no schema can say of a new data set. @throws SpecError */
export function checkNewDataset({ files, data: read }: NewDataset): void {
  const names = new Set<string>();
  for (const [i, { name }] of files.entries()) {
    if (names.has(name)) throw invalid(`files[${i}].name`, `'${name}' is there twice`);
    names.add(name);
  }
  for (const [i, { name }] of files.entries()) {
    const folder = files.find((other) => other.name.startsWith(`${name}/`));
    if (folder) throw invalid(`files[${i}].name`, `'${name}' is also the folder of '${folder.name}'`);
  }
  if (!read) return;
  if (datasetOf(read) !== undefined) throw invalid('data.dataset', 'is not for a new data set: it is its own');
  checkReadsFiles(read, 'data.type');
  const bytes = new TextEncoder().encode(JSON.stringify(read)).length;
  if (bytes > LARGEST_DATA) throw invalid('data', `has ${bytes} bytes of JSON; ${LARGEST_DATA} are allowed`);
}

/** @throws SpecError for a source that has no files */
export function checkReadsFiles({ type }: Data, param: string): void {
  if (!readsFiles(type)) throw invalid(param, `'${type}' reads no files, so none can be uploaded for it`);
}

/** The data of a data set's check, out of its own files. */
export const checkedData = (read: Data, id: string): Data => withDataset(read, id);

const invalid = (param: string, text: string) => new SpecError('invalid_spec', `${param}: ${text}`, param);
