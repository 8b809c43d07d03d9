/** Collects a row a step and one an epoch, and hands them on as Parquet parts: at every checkpoint and whenever a part is full.
 */
import { type MetricValues, seriesOf } from '@anneal/schemas';
import { writeParquet } from '../formats/parquet.ts';
import { PARQUET, partName } from './part-name.ts';

/** Rows a part holds at most: 2 MiB of memory. */
const PART_ROWS = 65536;

export interface EpochRow {
  readonly epoch: number;
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number | null;
  readonly validationScore: number | null;
  /** By the running averages of the parameters. */
  readonly averageLoss: number | null;
  readonly averageScore: number | null;
  /** Of the user's own, of the validation split. */
  readonly metrics?: MetricValues;
  readonly seconds: number;
}

export class MetricsRecorder {
  private readonly columns = {
    loss: new Float64Array(PART_ROWS),
    dataLoss: new Float64Array(PART_ROWS),
    rate: new Float64Array(PART_ROWS),
    seconds: new Float64Array(PART_ROWS),
  };
  private rows = 0;
  private epochs: EpochRow[] = [];

  /** `step` is the number of the last step recorded so far. */
  constructor(
    private step: number,
    private readonly put: (name: string, contentType: string, bytes: Uint8Array) => void,
  ) {}

  add(loss: number, dataLoss: number, rate: number, seconds: number): void {
    this.columns.loss[this.rows] = loss;
    this.columns.dataLoss[this.rows] = dataLoss;
    this.columns.rate[this.rows] = rate;
    this.columns.seconds[this.rows] = seconds;
    this.rows += 1;
    this.step += 1;
    if (this.rows === PART_ROWS) this.flush();
  }

  addEpoch(row: EpochRow): void {
    this.epochs.push(row);
    if (this.epochs.length === PART_ROWS) this.flush();
  }

  /** Writes what there is. */
  flush(): void {
    this.flushSteps();
    this.flushEpochs();
  }

  private flushSteps(): void {
    if (this.rows === 0) return;
    const from = this.step - this.rows + 1;
    const step = Int32Array.from({ length: this.rows }, (_value, i) => from + i);
    const doubles = Object.entries(this.columns).map(([name, values]) => ({
      name,
      type: 'DOUBLE' as const,
      values: values.subarray(0, this.rows),
    }));
    const bytes = writeParquet([{ name: 'step', type: 'INT32', values: step }, ...doubles]);
    this.put(partName('steps', from, this.step), PARQUET, bytes);
    this.rows = 0;
  }

  private flushEpochs(): void {
    const [first, last] = [this.epochs[0], this.epochs.at(-1)];
    if (!first || !last) return;
    const column = (name: Exclude<keyof EpochRow, 'metrics'>) => this.epochs.map((row) => row[name] ?? null);
    const own = Object.keys(first.metrics ?? {}).map((name) => ({
      name: seriesOf(name),
      type: 'DOUBLE' as const,
      values: this.epochs.map((row) => row.metrics?.[name] ?? null),
    }));
    const doubles = [
      'trainingLoss',
      'validationLoss',
      'validationScore',
      'averageLoss',
      'averageScore',
      'seconds',
    ] as const;
    const bytes = writeParquet([
      { name: 'epoch', type: 'INT32', values: column('epoch') },
      { name: 'step', type: 'INT32', values: column('step') },
      ...doubles.map((name) => ({ name, type: 'DOUBLE' as const, values: column(name) })),
      ...own,
    ]);
    this.put(partName('epochs', first.step, last.step), PARQUET, bytes);
    this.epochs = [];
  }
}
