/** What a learning-rate range test finds: at which rates the loss fell, and from which on it rose. */
import type { Finding, TrainSpec } from '@anneal/schemas';

/** Share of the running mean of the loss that a step keeps, corrected for its start. */
const SMOOTHING = 0.95;
/** Times the least loss that count as diverged. */
const DIVERGED = 4;
/** Steps after which the running mean is more than noise. */
const SETTLED = 20;
/** The suggested rate is so many times below the one of the least loss: Smith's rule of thumb. */
const BELOW = 10;

export class RangeTest {
  private mean = 0;
  private steps = 0;
  private first: number | null = null;
  private least = { loss: Number.POSITIVE_INFINITY, rate: 0 };
  /** The steepest descent so far, and the one before the least loss. */
  private steepest = { slope: 0, rate: 0 };
  private descent = this.steepest;
  private before: { loss: number; rate: number } | null = null;
  /** Whether the loss has grown beyond all hope. */
  diverged = false;

  /** Takes note of the loss before a step at that rate. */
  add(loss: number, rate: number): void {
    if (this.diverged) return;
    if (!Number.isFinite(loss)) {
      this.diverged = true;
      return;
    }
    this.steps += 1;
    this.mean = SMOOTHING * this.mean + (1 - SMOOTHING) * loss;
    const smooth = this.mean / (1 - SMOOTHING ** this.steps);
    this.first ??= smooth;
    if (this.before && this.steps > SETTLED && rate > this.before.rate) {
      const slope = (smooth - this.before.loss) / Math.log(rate / this.before.rate);
      if (slope < this.steepest.slope) this.steepest = { slope, rate };
    }
    if (smooth < this.least.loss) {
      this.least = { loss: smooth, rate };
      this.descent = this.steepest;
    }
    this.before = { loss: smooth, rate };
    this.diverged = smooth > DIVERGED * this.least.loss && smooth > this.first;
  }

  finding({ schedule }: Pick<TrainSpec, 'schedule'>): Finding {
    const { least, descent: steepest, first } = this;
    const evidence = {
      leastLoss: least.loss,
      rateOfLeastLoss: least.rate,
      steepestRate: steepest.rate,
      firstLoss: first,
    };
    if (first === null || least.loss > 0.98 * first) {
      const message = `the loss never fell between rates ${schedule.rate} and ${least.rate}: start lower, or look for what is broken`;
      return { rule: 'learning-rate-range', verdict: 'warn', message, cause: 'nothing-learned', evidence, patch: null };
    }
    const suggested = Number((least.rate / BELOW).toPrecision(2));
    const message = `the loss was least at rate ${least.rate.toPrecision(3)} and fell fastest at ${steepest.rate.toPrecision(3)}; try a learning rate of ${suggested}`;
    const patch = [{ op: 'replace' as const, path: '/schedule', value: { type: 'constant', rate: suggested } }];
    return {
      rule: 'learning-rate-range',
      verdict: 'pass',
      message,
      cause: null,
      evidence: { ...evidence, suggested },
      patch,
    };
  }
}
