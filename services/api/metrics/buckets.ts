/** Thins a series to a number of points while it streams by: mean, least and largest value of each run of steps. */
import type { Series } from '@anneal/schemas';

export interface Range {
  /** First and last step, both inclusive. */
  readonly from: number;
  readonly to: number;
}

export class Buckets {
  readonly #width: number;
  readonly #last: Float64Array;
  readonly #count: Float64Array;
  readonly #sum: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;

  /** Takes at most `points` numbers of memory a column, whatever the number of steps. */
  constructor(
    private readonly range: Range,
    points: number,
  ) {
    const steps = range.to - range.from + 1;
    this.#width = Math.ceil(steps / points);
    const length = Math.ceil(steps / this.#width);
    this.#last = new Float64Array(length);
    this.#count = new Float64Array(length);
    this.#sum = new Float64Array(length);
    this.#min = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  }

  /** Steps outside the range are left out. */
  add(step: number, value: number): void {
    if (step < this.range.from || step > this.range.to) return;
    const at = Math.floor((step - this.range.from) / this.#width);
    this.#last[at] = Math.max(this.#last[at]!, step);
    this.#count[at]!++;
    this.#sum[at]! += value;
    if (value < this.#min[at]!) this.#min[at] = value;
    if (value > this.#max[at]!) this.#max[at] = value;
  }

  /** Points with no value are left out; a mean that is not finite is null, as are bounds without one finite value. */
  series(): Series {
    const series: Series = { step: [], value: [], min: [], max: [] };
    for (let at = 0; at < this.#count.length; at++) {
      const count = this.#count[at]!;
      if (count === 0) continue;
      series.step.push(this.#last[at]!);
      series.value.push(finite(this.#sum[at]! / count));
      series.min.push(finite(this.#min[at]!));
      series.max.push(finite(this.#max[at]!));
    }
    return series;
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
