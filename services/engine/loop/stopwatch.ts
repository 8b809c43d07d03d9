/** Seconds spent training, and the median time of a step over the last calls, in bounded memory. */
const KEPT = 2048;

export class Stopwatch {
  private readonly calls = new Float64Array(KEPT);
  private count = 0;
  private readonly start = performance.now();

  /** `before` are the seconds of earlier attempts. */
  constructor(private readonly before: number) {}

  get seconds(): number {
    return this.before + (performance.now() - this.start) / 1000;
  }

  /** Runs `code`, which takes `steps` steps, and notes how long it took. */
  time<T>(steps: number, code: () => T): T {
    const start = performance.now();
    const result = code();
    this.calls[this.count % KEPT] = ((performance.now() - start) * 1000) / steps;
    this.count += 1;
    return result;
  }

  get microsecondsPerStep(): number | null {
    if (this.count === 0) return null;
    const kept = this.calls.slice(0, Math.min(this.count, KEPT)).sort();
    return kept[kept.length >> 1]!;
  }
}
