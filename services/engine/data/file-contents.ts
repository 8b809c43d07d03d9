/** What is in a file of data, as far as its own format says: rows, columns, shape. Every row is read, so that a damaged file is found. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { AnnealError, type FileContents } from '@anneal/schemas';
import { CsvError, parse } from 'csv-parse';
import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { openNpy } from '../formats/npy.ts';

/** Columns are listed while they have no more characters than these together. */
const LISTED = 10_000;
/** Bytes that the delimiter of a CSV file is guessed from. */
const SAMPLE = 64 * 1024;

const nothing: FileContents = { format: 'other', rows: null, columns: null, shape: null, delimiter: null };

const readers: Readonly<Record<string, (file: string, name: string) => Promise<FileContents>>> = {
  csv: readCsv,
  tsv: readCsv,
  jsonl: readJsonLines,
  ndjson: readJsonLines,
  parquet: readParquet,
  npy: async (file, name) => {
    const { shape } = await openNpy(file, name);
    return { ...nothing, format: 'npy', rows: shape[0] ?? null, shape: [...shape] };
  },
};

/** @param name what messages call it; its ending says what it is  @throws AnnealError `data_damaged` */
export async function fileContents(file: string, name: string): Promise<FileContents> {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return (await readers[ending]?.(file, name)) ?? nothing;
}

const damaged = (name: string, text: string): AnnealError => new AnnealError('data_damaged', `${name} ${text}`, name);

const listed = (columns: readonly string[]): string[] | null =>
  columns.reduce((sum, column) => sum + column.length, 0) > LISTED ? null : [...columns];

async function readCsv(file: string, name: string): Promise<FileContents> {
  const delimiter = await guessDelimiter(file);
  const stream = createReadStream(file);
  const lines = stream.pipe(parse({ delimiter, bom: true, skip_empty_lines: true }));
  stream.on('error', (error) => lines.destroy(error));
  let columns: string[] | undefined;
  let rows = 0;
  try {
    for await (const line of lines as AsyncIterable<string[]>) {
      if (columns) rows += 1;
      else columns = line.map((column) => column.trim());
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw damaged(name, `is no table: ${cause.message}`);
    throw cause;
  } finally {
    stream.destroy();
  }
  if (!columns) throw damaged(name, 'is empty; its first line should name the columns');
  return { ...nothing, format: 'csv', rows, columns: listed(columns), delimiter };
}

/** The one that stands most often in the first line. */
async function guessDelimiter(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const start = Buffer.alloc(SAMPLE);
    const { bytesRead } = await handle.read(start, 0, SAMPLE, 0);
    const [line = ''] = start.toString('utf8', 0, bytesRead).split('\n', 1);
    const times = (one: string): number => line.split(one).length;
    return [',', ';', '\t', '|'].reduce((best, one) => (times(one) > times(best) ? one : best));
  } finally {
    await handle.close();
  }
}

async function readJsonLines(file: string, name: string): Promise<FileContents> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let columns: string[] | undefined;
  let [line, rows] = [0, 0];
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const row = parseRow(text, line, name);
    columns ??= Object.keys(row);
    rows += 1;
  }
  return { ...nothing, format: 'jsonl', rows, columns: columns ? listed(columns) : null };
}

function parseRow(text: string, line: number, name: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw damaged(name, `is no JSON in line ${line}: ${(cause as Error).message}`);
  }
  throw damaged(name, `holds no object in line ${line}, but ${text.slice(0, 40)}`);
}

async function readParquet(file: string, name: string): Promise<FileContents> {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file)).catch((cause: Error) => {
    throw damaged(name, `is no whole Parquet file: ${cause.message}`);
  });
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  return { ...nothing, format: 'parquet', rows: Number(metadata.num_rows), columns: listed(columns) };
}
