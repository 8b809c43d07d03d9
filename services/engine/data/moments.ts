/**
 * Means and variances of many columns in one pass, in float64: Welford 1962.
 *
 *   n ← n + 1      δ = x − μ      μ ← μ + δ/n      M ← M + δ (x − μ)      σ² = M/n
 *
 * A large mean costs no digits of the variance. The result depends on the order of the rows: always that of the data, so that it is the
 * same to the bit wherever the rows lie.
 */
export class Moments {
  readonly mean: Float64Array;
  private readonly square: Float64Array;
  count = 0;

  constructor(private readonly width: number) {
    this.mean = new Float64Array(width);
    this.square = new Float64Array(width);
  }

  /** Takes the row that starts at `at`. */
  add(values: ArrayLike<number>, at: number): void {
    const { width, mean, square } = this;
    const share = 1 / ++this.count;
    for (let j = 0; j < width; j++) {
      const x = values[at + j]!;
      const delta = x - mean[j]!;
      const moved = mean[j]! + delta * share;
      mean[j] = moved;
      square[j]! += delta * (x - moved);
    }
  }

  variance(column: number): number {
    return this.square[column]! / this.count;
  }

  /** Of all columns taken as one. */
  get together(): { mean: number; variance: number } {
    const { width } = this;
    const mean = this.mean.reduce((sum, value) => sum + value, 0) / width;
    const within = this.square.reduce((sum, value) => sum + value, 0) / (this.count * width);
    const between = this.mean.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    return { mean, variance: within + between };
  }
}

/** Means and the covariance of columns in one pass: C ← C + (n − 1)/n · δδᵀ. */
export class Comoments {
  readonly mean: Float64Array;
  private readonly sums: Float64Array;
  private readonly delta: Float64Array;
  private count = 0;

  constructor(private readonly width: number) {
    this.mean = new Float64Array(width);
    this.delta = new Float64Array(width);
    this.sums = new Float64Array(width * width);
  }

  add(values: ArrayLike<number>, at: number): void {
    const { width, mean, delta, sums } = this;
    const n = ++this.count;
    for (let j = 0; j < width; j++) {
      delta[j] = values[at + j]! - mean[j]!;
      mean[j]! += delta[j]! / n;
    }
    for (let i = 0; i < width; i++) {
      const own = (delta[i]! * (n - 1)) / n;
      if (own !== 0) for (let j = i; j < width; j++) sums[i * width + j]! += own * delta[j]!;
    }
  }

  /** [width][width]. */
  get covariance(): number[][] {
    const { width, sums, count } = this;
    const entry = (i: number, j: number) => sums[Math.min(i, j) * width + Math.max(i, j)]! / count;
    return Array.from({ length: width }, (_row, i) => Array.from({ length: width }, (_column, j) => entry(i, j)));
  }
}
