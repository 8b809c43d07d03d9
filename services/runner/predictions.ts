/**
 * Predictions as a table. Columns: `row` (of the data, from 0); for classes `class` (the most likely one, by name) and one a class with its
 * probability, or its raw output where the loss knows no probabilities; for numbers `output_0` …
 */
import { largest, writeParquet } from '@anneal/engine';
import { type Probability, probabilitiesOf } from '@anneal/ensemble';

export interface PredictionTable {
  readonly rows: Int32Array;
  /** One row after the other, `width` numbers each. */
  readonly outputs: Float32Array;
  readonly width: number;
  /** Names of the classes; null for numbers. */
  readonly classes: readonly string[] | null;
  readonly probability: Probability;
}

export type PredictionFormat = 'csv' | 'jsonl' | 'parquet';

interface Column {
  readonly name: string;
  readonly type: 'INT32' | 'FLOAT' | 'STRING';
  readonly values: Int32Array | Float32Array | readonly string[];
}

export function encodePredictions(table: PredictionTable, format: PredictionFormat) {
  const columns = columnsOf(table);
  if (format === 'parquet') return { bytes: writeParquet(columns), contentType: 'application/vnd.apache.parquet' };
  const lines = format === 'csv' ? csv(columns, table.rows.length) : jsonl(columns, table.rows.length);
  return {
    bytes: new Uint8Array(Buffer.from(lines.map((line) => `${line}\n`).join(''))),
    contentType: format === 'csv' ? 'text/csv' : 'application/jsonl',
  };
}

function columnsOf(table: PredictionTable): Column[] {
  const { rows, width, classes } = table;
  const shares = probabilities(table);
  const outputs = Array.from({ length: width }, (_column, k): Column => {
    const values = Float32Array.from(rows, (_row, i) => shares[i * width + k]!);
    return { name: classes?.[k] ?? `output_${k}`, type: 'FLOAT', values };
  });
  const best = classes && Array.from(rows, (_row, i) => classes[largest(shares, i * width, width)]!);
  return [
    { name: 'row', type: 'INT32', values: rows },
    ...(best ? [{ name: 'class', type: 'STRING' as const, values: best }] : []),
    ...outputs,
  ];
}

function probabilities({ outputs, width, probability }: PredictionTable): Float32Array {
  if (probability === null) return outputs;
  const shares = new Float32Array(outputs.length);
  for (let at = 0; at < outputs.length; at += width)
    shares.set(probabilitiesOf(outputs.subarray(at, at + width), probability), at);
  return shares;
}

/** RFC 4180. Nine digits give a float32 back as it was. */
function csv(columns: readonly Column[], rows: number): string[] {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (value: number | string) => (typeof value === 'string' ? quoted(value) : digits(value));
  const line = (row: number) => columns.map(({ values }) => cell(values[row]!)).join(',');
  return [
    columns.map(({ name }) => quoted(name)).join(','),
    ...Array.from({ length: rows }, (_line, row) => line(row)),
  ];
}

function jsonl(columns: readonly Column[], rows: number): string[] {
  const value = (one: number | string) => (typeof one === 'string' ? JSON.stringify(one) : digits(one));
  return Array.from(
    { length: rows },
    (_line, row) =>
      `{${columns.map(({ name, values }) => `${JSON.stringify(name)}:${value(values[row]!)}`).join(',')}}`,
  );
}

const digits = (value: number): string =>
  Number.isInteger(value) ? String(value) : Number.isFinite(value) ? String(Number(value.toPrecision(9))) : 'null';
