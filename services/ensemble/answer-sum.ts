/**
 * The common answer of M members z₁ … z_M for some rows, as outputs that the loss takes like a single model's:
 *
 *   probabilities   log( 1/M Σ softmax(z_m) ), whose softmax is the mean of the probabilities; logit( 1/M Σ σ(z_m) ) for a sigmoid
 *   logits          1/M Σ z_m
 *
 * and how far the members disagree. Sums are in float64; memory is that of two answers, however many members there are.
 */
import { largest } from '@anneal/engine';
import type { EnsembleAverage } from '@anneal/schemas';
import { type Probability, probabilitiesOf } from './probabilities.ts';

export interface AnswerOptions {
  readonly average: EnsembleAverage;
  /** What turns outputs into probabilities; null where they are numbers. */
  readonly probability: Probability;
  /** Numbers a row. */
  readonly width: number;
  /** Whether the answer of a row is its largest output. */
  readonly classes: boolean;
}

export class AnswerSum {
  readonly #sum: Float64Array;
  /** Classes: votes for each. Numbers: sums of squares of what is averaged. */
  readonly #spread: Float64Array;
  #members = 0;

  constructor(
    rows: number,
    private readonly options: AnswerOptions,
  ) {
    this.#sum = new Float64Array(rows * options.width);
    this.#spread = new Float64Array(rows * options.width);
  }

  /** Takes the outputs of one member for all rows. */
  add(outputs: Float32Array): void {
    const { width, classes, average, probability } = this.options;
    for (let at = 0; at < outputs.length; at += width) {
      const own = probabilitiesOf(outputs.subarray(at, at + width), average === 'logits' ? null : probability);
      for (let k = 0; k < width; k++) this.#sum[at + k]! += own[k]!;
      if (classes) this.#spread[at + largest(own, 0, width)]! += 1;
      else for (let k = 0; k < width; k++) this.#spread[at + k]! += own[k]! ** 2;
    }
    this.#members += 1;
  }

  /** The common outputs, one row after the other. */
  get outputs(): Float32Array {
    const { average, probability } = this.options;
    const mean = (sum: number) => sum / this.#members;
    if (average === 'logits' || probability === null) return Float32Array.from(this.#sum, mean);
    const least = 1e-37;
    if (probability === 'softmax') return Float32Array.from(this.#sum, (sum) => Math.log(Math.max(mean(sum), least)));
    return Float32Array.from(this.#sum, (sum) => {
      const p = mean(sum);
      return Math.log(Math.max(p, least)) - Math.log(Math.max(1 - p, least));
    });
  }

  /** Mean over the rows: of the share of pairs of members that answer differently, or of the standard deviation of what is averaged. */
  get disagreement(): number {
    const { width, classes } = this.options;
    const members = this.#members;
    if (members < 2) return 0;
    const rows = this.#sum.length / width;
    let total = 0;
    for (let at = 0; at < this.#sum.length; at += width) {
      if (!classes) {
        let variance = 0;
        for (let k = at; k < at + width; k++)
          variance += Math.max(0, this.#spread[k]! / members - (this.#sum[k]! / members) ** 2);
        total += Math.sqrt(variance / width);
        continue;
      }
      let agreeing = 0;
      for (let k = at; k < at + width; k++) agreeing += this.#spread[k]! * (this.#spread[k]! - 1);
      total += 1 - agreeing / (members * (members - 1));
    }
    return total / rows;
  }
}
