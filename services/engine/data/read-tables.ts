/** Reads CSV, JSON lines and Parquet row by row into a table. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AnnealError, type Data, dataDefinition, labelColumns, tableWidth } from '@anneal/schemas';
import { CsvError, parse } from 'csv-parse';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { dataFile } from './data-file.ts';
import type { LabelLayout } from './data-set.ts';
import { GrowingFloats } from './growing-floats.ts';
import type { Inputs, Labels } from './load.ts';
import { fillHoles, TableBuilder, type TableSink } from './table.ts';

export type TableData = Extract<Data, { type: 'csv' | 'jsonl' | 'parquet' }>;
type Of<Type extends TableData['type']> = Extract<Data, { type: Type }>;

/** Cells of Parquet that are in memory at a time. Whole row groups where they fit: of a part of one, all that stands before it is decoded too. */
const PARQUET_CELLS = 2 ** 22;

/** @throws AnnealError `data_missing`; `data_damaged` naming the row and the column */
export async function readTable(
  spec: TableData,
  dataFolder: string,
): Promise<{ inputs: Inputs; labels: Labels; classNames?: readonly string[] }> {
  const sink = { inputs: new GrowingFloats(), labels: new GrowingFloats() };
  const { rows, means } = await decodeTable(spec, await dataFile(dataFolder, spec.file, 'data.file'), sink);
  const values = sink.inputs.take();
  if (means) fillHoles(values, means);
  const numbers = sink.labels.take();
  const layout = tableLabels(spec);
  return {
    inputs: { dtype: 'float32', shape: [rows, tableWidth(spec)], values },
    labels: layout.kind === 'class' ? { ...layout, values: Int32Array.from(numbers) } : { ...layout, values: numbers },
    ...tableClassNames(spec),
  };
}

/** Sends every row to the sink, with NaN for holes. @returns the rows, and what the holes are to be filled with */
export async function decodeTable(
  spec: TableData,
  file: string,
  sink: TableSink,
): Promise<{ rows: number; means: Float64Array | null }> {
  const table = new TableBuilder(spec, sink);
  if (spec.type === 'csv') await readCsv(spec, file, table);
  else if (spec.type === 'jsonl') await readJsonLines(spec, file, table);
  else await readParquet(spec, file, table);
  const means = table.finish();
  return { rows: table.rows, means };
}

/** No numbers where the table has no label. */
export const tableLabels = (spec: TableData): LabelLayout =>
  labelColumns(spec).length === 0
    ? { kind: 'values', shape: [0] }
    : dataDefinition(spec.type).shape(spec as never).target;

export const tableClassNames = ({ classes }: TableData): { classNames?: readonly string[] } =>
  Array.isArray(classes) ? { classNames: classes.map(String) } : {};

const damaged = (spec: TableData, text: string): AnnealError =>
  new AnnealError('data_damaged', `data.file: ${spec.file} ${text}`, 'data.file');

interface CsvRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function readCsv(spec: Of<'csv'>, file: string, table: TableBuilder): Promise<void> {
  const stream = createReadStream(file);
  const rows = stream.pipe(parse({ delimiter: spec.delimiter, bom: true, skip_empty_lines: true, info: true }));
  stream.on('error', (error) => rows.destroy(error));
  let columns: Map<string, number> | null = null;
  try {
    for await (const { record, info } of rows as AsyncIterable<CsvRow>) {
      if (!columns) {
        columns = new Map(record.map((name, index) => [name.trim(), index]));
        table.checkColumns([...columns.keys()]);
        continue;
      }
      const known = columns;
      table.add(`line ${info.lines}`, (name) => record[known.get(name)!]);
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw damaged(spec, `is no table: ${cause.message}`);
    throw cause;
  } finally {
    stream.destroy();
  }
}

async function readJsonLines(spec: Of<'jsonl'>, file: string, table: TableBuilder): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const row = parseObject(spec, text, line);
    if (line === 1) table.checkColumns(Object.keys(row));
    table.add(`line ${line}`, (name) => row[name]);
  }
}

function parseObject(spec: TableData, text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw damaged(spec, `is no JSON in line ${line}: ${(cause as Error).message}`);
  }
  throw damaged(spec, `holds no object in line ${line}, but ${text.slice(0, 40)}`);
}

async function readParquet(spec: Of<'parquet'>, file: string, table: TableBuilder): Promise<void> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer).catch((cause: Error) => {
    throw damaged(spec, `is no whole Parquet file: ${cause.message}`);
  });
  table.checkColumns(parquetSchema(metadata).children.map(({ element }) => element.name));
  const columns = [...new Set([...spec.features, ...labelColumns(spec)])];
  const most = Math.ceil(PARQUET_CELLS / columns.length);
  let row = 0;
  for (const group of metadata.row_groups) {
    const groupEnd = row + Number(group.num_rows);
    while (row < groupEnd) {
      const rowEnd = Math.min(groupEnd, row + most);
      const read = parquetReadObjects({ file: buffer, metadata, columns, rowStart: row, rowEnd });
      const rows = await read.catch((cause: Error) => {
        throw damaged(spec, `can't be read: ${cause.message}`);
      });
      for (const one of rows) {
        const at = row++;
        table.add(`row ${at}`, (name) => plain(one[name]));
      }
    }
  }
}

/** Parquet's 64-bit integers become numbers. */
const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
