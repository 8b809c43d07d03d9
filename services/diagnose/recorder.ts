/**
 * Keeps the record of a run in bounded memory while it goes: whenever a series is full, neighbours are joined (steps) or every other one
 * is left out (epochs, observations). The same steps make the same record, whether a run was interrupted or not.
 */
import type { EpochPoint, Losses, ObservedRow, Stretch } from './record.ts';

const MOST_STRETCHES = 512;
const MOST_EPOCHS = 256;
const MOST_OBSERVED = 64;

interface Thinned<T> {
  rows: T[];
  /** The last one, where it is between two that are kept. */
  last: T | null;
  /** One of so many is kept. */
  every: number;
  count: number;
}

export interface RecorderState {
  readonly width: number;
  readonly stretches: readonly Stretch[];
  readonly epochs: Thinned<EpochPoint>;
  readonly observed: Thinned<ObservedRow>;
  readonly first: Losses | null;
  readonly before: number | null;
  readonly nonFiniteStep: number | null;
}

export class RunRecorder {
  #width: number;
  readonly #stretches: Stretch[];
  readonly #epochs: Thinned<EpochPoint>;
  readonly #observed: Thinned<ObservedRow>;
  #first: Losses | null;
  #before: number | null;
  #nonFiniteStep: number | null;

  /** `state` is what an earlier attempt had seen. */
  constructor(state: RecorderState | null = null) {
    this.#width = state?.width ?? 1;
    this.#stretches = [...(state?.stretches ?? [])];
    this.#epochs = state ? copy(state.epochs) : thinned();
    this.#observed = state ? copy(state.observed) : thinned();
    this.#first = state?.first ?? null;
    this.#before = state?.before ?? null;
    this.#nonFiniteStep = state?.nonFiniteStep ?? null;
  }

  /** Step `step` (from 1), at that rate. */
  step(step: number, loss: number, dataLoss: number, rate: number): void {
    if (!Number.isFinite(loss)) {
      this.#nonFiniteStep ??= step;
      return;
    }
    this.#first ??= { loss, dataLoss };
    const jump = this.#before === null ? 0 : (loss - this.#before) ** 2;
    this.#before = loss;
    const one: Stretch = { step, steps: 1, loss, dataLoss, rate, least: loss, most: loss, jump };
    const last = this.#stretches.at(-1);
    if (last && last.steps < this.#width) {
      this.#stretches[this.#stretches.length - 1] = join(last, one);
      return;
    }
    if (this.#stretches.length === MOST_STRETCHES) this.#halve();
    this.#stretches.push(one);
  }

  epoch(point: EpochPoint): void {
    add(this.#epochs, point, MOST_EPOCHS);
  }

  observed(row: ObservedRow): void {
    add(this.#observed, row, MOST_OBSERVED);
  }

  get state(): RecorderState {
    return {
      width: this.#width,
      stretches: this.#stretches,
      epochs: this.#epochs,
      observed: this.#observed,
      first: this.#first,
      before: this.#before,
      nonFiniteStep: this.#nonFiniteStep,
    };
  }

  /** What has been seen so far. */
  get seen() {
    return {
      first: this.#first,
      stretches: this.#stretches as readonly Stretch[],
      epochs: all(this.#epochs),
      observed: all(this.#observed),
      nonFiniteStep: this.#nonFiniteStep,
    };
  }

  #halve(): void {
    const joined: Stretch[] = [];
    for (let i = 0; i < this.#stretches.length; i += 2) joined.push(join(this.#stretches[i]!, this.#stretches[i + 1]!));
    this.#stretches.splice(0, this.#stretches.length, ...joined);
    this.#width *= 2;
  }
}

function join(a: Stretch, b: Stretch): Stretch {
  const steps = a.steps + b.steps;
  const mean = (of: 'loss' | 'dataLoss' | 'rate' | 'jump') => (a[of] * a.steps + b[of] * b.steps) / steps;
  return {
    step: b.step,
    steps,
    loss: mean('loss'),
    dataLoss: mean('dataLoss'),
    rate: mean('rate'),
    least: Math.min(a.least, b.least),
    most: Math.max(a.most, b.most),
    jump: mean('jump'),
  };
}

const thinned = <T>(): Thinned<T> => ({ rows: [], last: null, every: 1, count: 0 });
const copy = <T>(series: Thinned<T>): Thinned<T> => ({ ...series, rows: [...series.rows] });
const all = <T>({ rows, last }: Thinned<T>): readonly T[] => (last === null ? rows : [...rows, last]);

function add<T>(series: Thinned<T>, row: T, most: number): void {
  const kept = series.count % series.every === 0;
  series.count += 1;
  series.last = kept ? null : row;
  if (!kept) return;
  series.rows.push(row);
  if (series.rows.length <= most) return;
  // The newest one stays as the last where it does not fit the wider spacing.
  series.every *= 2;
  const newest = series.rows.at(-1)!;
  series.rows = series.rows.filter((_row, i) => i % 2 === 0);
  if (series.rows.at(-1) !== newest) series.last = newest;
}
