/** What the columns of the training rows are like, in one pass. */
import { Moments } from '../moments.ts';
import type { Scale } from '../scale.ts';

export class ColumnSurvey {
  private readonly moments: Moments;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  /** Two 32-bit hashes of all values of a column in their order: two columns of one hash are taken for equal. */
  private readonly hashes: readonly [Int32Array, Int32Array];
  private readonly words = new Int32Array(1);
  private readonly float = new Float32Array(this.words.buffer);

  constructor(private readonly width: number) {
    this.moments = new Moments(width);
    this.low = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
    this.high = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    this.hashes = [new Int32Array(width).fill(17), new Int32Array(width).fill(91)];
  }

  /** Takes the row that starts at `at`. */
  add(values: ArrayLike<number>, at: number): void {
    const { width, low, high, words, float } = this;
    const [a, b] = this.hashes;
    this.moments.add(values, at);
    for (let j = 0; j < width; j++) {
      const x = values[at + j]!;
      if (x < low[j]!) low[j] = x;
      if (x > high[j]!) high[j] = x;
      // 0 and −0 are equal.
      float[0] = x + 0;
      a[j] = Math.imul(a[j]! ^ words[0]!, 2654435761);
      b[j] = Math.imul((b[j]! << 5) ^ (b[j]! >>> 27) ^ words[0]!, 1597334677);
    }
  }

  get constant(): number[] {
    return this.columns().filter((j) => this.isConstant(j));
  }

  /** Columns equal to an earlier one in every row, constant ones apart. */
  get twins(): number[] {
    const seen = new Set<string>();
    return this.columns().filter((j) => {
      if (this.isConstant(j)) return false;
      const hash = `${this.hashes[0][j]} ${this.hashes[1][j]}`;
      const twin = seen.has(hash);
      seen.add(hash);
      return twin;
    });
  }

  means({ multiply, add }: Scale): Float64Array {
    return this.moments.mean.map((mean) => mean * multiply + add);
  }

  deviations({ multiply }: Scale): Float64Array {
    // Rounding leaves a constant a deviation just above 0.
    const deviation = (j: number) =>
      this.isConstant(j) ? 0 : Math.sqrt(this.moments.variance(j)) * Math.abs(multiply);
    return Float64Array.from(this.columns(), deviation);
  }

  private isConstant(j: number): boolean {
    return this.low[j] === this.high[j];
  }

  private columns(): number[] {
    return Array.from({ length: this.width }, (_column, j) => j);
  }
}
