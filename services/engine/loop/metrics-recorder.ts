/** Collects a row a step and hands them on as Parquet parts: at every checkpoint and whenever a part is full. */
import { writeParquet } from '../formats/parquet.ts';

/** Rows a part holds at most: 2 MiB of memory. */
const PART_ROWS = 65536;

export interface EpochRow {
  readonly epoch: number;
  readonly step: number;
  readonly trainingLoss: number;
  readonly validationLoss: number | null;
  readonly validationScore: number | null;
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

  /** Writes what there is as `metrics/steps-FROM-TO.parquet`. */
  flush(): void {
    if (this.rows === 0) return;
    const from = this.step - this.rows + 1;
    const step = Int32Array.from({ length: this.rows }, (_value, i) => from + i);
    const doubles = Object.entries(this.columns).map(([name, values]) => ({
      name,
      type: 'DOUBLE' as const,
      values: values.subarray(0, this.rows),
    }));
    const bytes = writeParquet([{ name: 'step', type: 'INT32', values: step }, ...doubles]);
    this.put(`metrics/steps-${pad(from)}-${pad(this.step)}.parquet`, 'application/vnd.apache.parquet', bytes);
    this.rows = 0;
  }
}

const pad = (step: number): string => String(step).padStart(12, '0');
