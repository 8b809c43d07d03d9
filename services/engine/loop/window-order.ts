/** Which rows a step trains, of streamed examples: those of one window after the other; see data/windows.ts. */
import type { Windows } from '../data/windows.ts';
import type { StepOrder, StepRows } from './order.ts';

export class WindowOrder implements StepOrder {
  readonly stepsPerEpoch: number;
  private current: { window: number; rows: Int32Array } = { window: -1, rows: new Int32Array(0) };

  constructor(
    private readonly windows: Windows,
    private readonly examples: number,
    private readonly stepRows: number,
  ) {
    this.stepsPerEpoch = Math.ceil(examples / stepRows);
  }

  get batches(): number[] {
    const { examples, stepRows } = this;
    if (examples < stepRows) return [examples];
    return examples % stepRows === 0 ? [stepRows] : [stepRows, examples % stepRows];
  }

  take(step: number, most: number): StepRows {
    const { stepRows, windows } = this;
    const epoch = Math.floor(step / this.stepsPerEpoch);
    const start = (step - epoch * this.stepsPerEpoch) * stepRows;
    const within = Math.floor(start / windows.rows);
    const window = epoch * windows.perEpoch + within;
    if (this.current.window !== window) this.current = { window, rows: windows.shuffled(window) };
    const { rows } = this.current;
    const from = start - within * windows.rows;
    const left = rows.length - from;
    if (left < stepRows) return { rows: rows.subarray(from), batch: left, steps: 1, window };
    const steps = Math.min(most, Math.floor(left / stepRows));
    return { rows: rows.subarray(from, from + steps * stepRows), batch: stepRows, steps, window };
  }
}
