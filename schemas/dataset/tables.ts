/** Tables with named columns: CSV, JSON lines and Parquet. */
import { z } from 'zod';
import { classes, type DataShape, defineData, path, uploaded } from './common.ts';

const column = z.string().min(1).max(1000);

const table = {
  ...uploaded,
  file: path().describe('Under the data folder of the service.'),
  features: z.array(column).min(1).describe('Columns of the inputs, in order.'),
  label: z
    .union([column, z.array(column).min(1)])
    .optional()
    .describe(
      'Column of the label; several for a regression with several outputs. Only what is to be predicted may do without.',
    ),
  classes: z
    .union([classes(), z.array(z.union([z.string(), z.number(), z.boolean()])).min(2)])
    .optional()
    .describe(
      'Number of classes 0, 1, 2 …, or the values of the label in the order of the classes; left out for regression.',
    ),
  categories: z
    .record(column, z.array(z.union([z.string(), z.number(), z.boolean()])).min(2))
    .default({})
    .describe('Values of the features that are no numbers: each becomes one 0 or 1 a value (one-hot).'),
  missing: z
    .enum(['error', 'drop', 'mean'])
    .default('error')
    .describe("Empty cells: an error, drop the row, or the column's mean over the whole table."),
};

export type TableOptions = z.output<z.ZodObject<typeof table>>;

/** Columns of the labels; none where they are not known. */
export const labelColumns = ({ label }: Pick<TableOptions, 'label'>): readonly string[] =>
  label === undefined ? [] : [label].flat();

/** How many numbers the features make. */
export const tableWidth = ({ features, categories }: Pick<TableOptions, 'features' | 'categories'>): number =>
  features.reduce((sum, name) => sum + (categories[name]?.length ?? 1), 0);

const shapeOf = (o: TableOptions): DataShape => {
  const labels = labelColumns(o);
  const number = typeof o.classes === 'number' ? o.classes : o.classes?.length;
  return {
    input: [tableWidth(o)],
    target: number === undefined ? { kind: 'values', shape: [labels.length] } : { kind: 'class', classes: number },
  };
};

const fileOf = (o: TableOptions) => [{ param: 'data.file', name: o.file }];

export const csv = defineData({
  type: 'csv',
  description: 'A CSV file whose first line names the columns (RFC 4180).',
  options: {
    ...table,
    delimiter: z.string().length(1).default(',').describe('Between two cells.'),
  },
  scale: 'none',
  shape: shapeOf,
  files: fileOf,
});

export const jsonl = defineData({
  type: 'jsonl',
  description: 'A file with one JSON object a line.',
  options: table,
  scale: 'none',
  shape: shapeOf,
  files: fileOf,
});

export const parquet = defineData({
  type: 'parquet',
  description: 'A Parquet file.',
  options: table,
  scale: 'none',
  shape: shapeOf,
  files: fileOf,
});
