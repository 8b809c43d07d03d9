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
  /** Sums over the stretch in hand. */
  readonly open: Stretch;
  readonly epochs: Thinned<EpochPoint>;
  readonly observed: Thinned<ObservedRow>;
  readonly first: Losses | null;
  readonly before: number | null;
  readonly nonFiniteStep: number | null;
}

export class RunRecorder {
  #width: number;
  readonly #stretches: Stretch[];
  #open: Sums;
  readonly #epochs: Thinned<EpochPoint>;
  readonly #observed: Thinned<ObservedRow>;
  #first: Losses | null;
  #before: number | null;
  #nonFiniteStep: number | null;

  /** `state` is what an earlier attempt had seen. */
  constructor(state: RecorderState | null = null) {
    this.#width = state?.width ?? 1;
    this.#stretches = [...(state?.stretches ?? [])];
    this.#open = { ...(state?.open ?? nothing()) };
    this.#epochs = state ? copy(state.epochs) : thinned();
    this.#observed = state ? copy(state.observed) : thinned();
    this.#first = state?.first ?? null;
    this.#before = state?.before ?? null;
    this.#nonFiniteStep = state?.nonFiniteStep ?? null;
  }

  /** Step `step` (from 1), at that rate. Called for every step, so it makes no objects but once a stretch. */
  step(step: number, loss: number, dataLoss: number, rate: number): void {
    if (!Number.isFinite(loss)) {
      this.#nonFiniteStep ??= step;
      return;
    }
    this.#first ??= { loss, dataLoss };
    const jump = this.#before === null ? 0 : loss - this.#before;
    this.#before = loss;
    let sum = this.#open;
    if (sum.steps === this.#width) {
      this.#close();
      sum = this.#open;
    }
    sum.step = step;
    sum.steps += 1;
    sum.loss += loss;
    sum.dataLoss += dataLoss;
    sum.rate += rate;
    sum.jump += jump * jump;
    if (loss < sum.least) sum.least = loss;
    if (loss > sum.most) sum.most = loss;
  }

  epoch(point: EpochPoint): void {
    add(this.#epochs, point, MOST_EPOCHS);
  }

  observed(row: ObservedRow): void {
    add(this.#observed, row, MOST_OBSERVED);
  }

  /** As it is now: what comes later does not change it. */
  get state(): RecorderState {
    return {
      width: this.#width,
      stretches: [...this.#stretches],
      open: { ...this.#open },
      epochs: copy(this.#epochs),
      observed: copy(this.#observed),
      first: this.#first,
      before: this.#before,
      nonFiniteStep: this.#nonFiniteStep,
    };
  }

  /** What has been seen so far. */
  get seen() {
    return {
      first: this.#first,
      stretches: this.#open.steps > 0 ? [...this.#stretches, meanOf(this.#open)] : this.#stretches,
      epochs: all(this.#epochs),
      observed: all(this.#observed),
      nonFiniteStep: this.#nonFiniteStep,
    };
  }

  /** The stretch in hand is full: another one begins. */
  #close(): void {
    this.#stretches.push(meanOf(this.#open));
    this.#open = nothing();
    if (this.#stretches.length < MOST_STRETCHES) return;
    const joined: Stretch[] = [];
    for (let i = 0; i < MOST_STRETCHES; i += 2) joined.push(join(this.#stretches[i]!, this.#stretches[i + 1]!));
    this.#stretches.splice(0, MOST_STRETCHES, ...joined);
    this.#width *= 2;
  }
}

type Sums = { -readonly [Key in keyof Stretch]: Stretch[Key] };

// Bounds that JSON can say.
const nothing = (): Sums => ({
  step: 0,
  steps: 0,
  loss: 0,
  dataLoss: 0,
  rate: 0,
  least: Number.MAX_VALUE,
  most: -Number.MAX_VALUE,
  jump: 0,
});

const meanOf = ({ step, steps, loss, dataLoss, rate, least, most, jump }: Stretch): Stretch => ({
  step,
  steps,
  loss: loss / steps,
  dataLoss: dataLoss / steps,
  rate: rate / steps,
  least,
  most,
  jump: jump / steps,
});

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
