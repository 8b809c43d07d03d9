/** Writes tables of numbers as Parquet, by hyparquet-writer: what pandas, DuckDB and a browser read as it is. */
import { parquetWriteBuffer } from 'hyparquet-writer';

export interface ParquetColumn {
  readonly name: string;
  readonly type: 'INT32' | 'FLOAT' | 'DOUBLE' | 'STRING';
  /** All columns have the same number of rows. In a DOUBLE column null means: no value; NaN and infinities are values. */
  readonly values: Int32Array | Float32Array | Float64Array | readonly (number | null)[] | readonly string[];
}

/** @throws Error if the columns differ in length, or a value does not fit its type: a mistake of the caller */
export function writeParquet(columns: readonly ParquetColumn[]): Uint8Array<ArrayBuffer> {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type, values }) => ({
      name,
      type,
      data: values as number[],
      nullable: Array.isArray(values) && (values as unknown[]).includes(null),
      // Measured numbers hardly compress, and training waits while they are written.
      ...((type === 'DOUBLE' || type === 'FLOAT') && {
        encoding: 'PLAIN' as const,
        codec: 'UNCOMPRESSED' as const,
        statistics: false,
      }),
    })),
    createdBy: 'anneal',
  });
  return new Uint8Array(buffer);
}
