/**
 * One repetition of a unit test: the landscape, and all random numbers it will use, drawn before. The same numbers serve every rule
 * and setting.
 *
 *   f(x) = Σ_j |f_j(y_j)|,  y = R x − o    R a rotation, o the offset of a drifting optimum
 *   g(x) = Rᵀ (noise_j(f_j'(y_j)) + c S (y − ½))    S a turning field, c = 1 with curl and else 0
 */
import { type Random, randomOf } from '../random.ts';
import { type Drift, scales, type UnitTest } from './catalogue.ts';
import { chain } from './chain.ts';
import { type Noise, noises } from './noise.ts';
import { multiply, multiplyTransposed, randomCurl, randomRotation } from './turn.ts';

/** Steps between two drifts. */
const PERIOD = 10;
/** Standard deviation of a drift: of the logarithm of scale and noise, and of the move of the optimum. */
const DRIFT: Readonly<Record<Drift, number>> = { scale: 0.1, noise: 0.5, offset: 0.1 };
/** A value beyond which a run counts as diverged; looked at every ten steps and at the end. */
const EXPLODED = 1e10;

export interface Trial {
  readonly dimensions: number;
  readonly start: Float64Array;
  /** Writes the gradient that the rule sees at x in step t (0, 1 …) and answers whether the run still stands. */
  gradient(x: Float64Array, t: number, out: Float64Array): boolean;
  /** What was gained from the start to x, by the landscape without noise as it is in the end. */
  gain(x: Float64Array): number;
}

/** A landscape whose repetitions are all alike has nothing random in it. */
export const isDeterministic = ({ coordinates, drift, rotated }: UnitTest): boolean =>
  !drift && !rotated && coordinates.every(({ noise }) => noise === 'none');

export function trialOf(test: UnitTest, seed: number, steps: number): Trial {
  const random = randomOf(seed);
  const n = test.coordinates.length;
  const starts = test.coordinates.map(({ scale }) => scales[scale].value);
  const shapes = test.coordinates.map(({ shapes, scale }) => chain(shapes, scales[scale]));
  const kinds = test.coordinates.map(({ noise }): Noise | undefined => noises[noise]);
  const rotation = test.rotated ? randomRotation(random, n) : undefined;
  const curl = test.curled ? randomCurl(random, n) : undefined;
  const drawn = kinds.map((kind) => (kind ? Float64Array.from({ length: steps }, () => kind.draw(random)) : undefined));
  const drift = driftOf(test.drift, random, n, Math.ceil(steps / PERIOD));
  const [start, y, slopes, field] = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];

  /** Leaves y = R x − o. */
  function turn(x: Float64Array, period: number): void {
    if (rotation) multiply(rotation, x, y);
    else y.set(x);
    for (let j = 0; j < n; j++) y[j]! -= drift.offset(period, j);
  }

  /** Σ |f|, with every f scaled about its value at the start. */
  function height(scale: number): number {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(starts[j]! + scale * (shapes[j]!.value(y[j]!) - starts[j]!));
    return sum;
  }

  return {
    dimensions: n,
    start,
    gradient(x, t, out) {
      const period = Math.floor(t / PERIOD);
      const scale = drift.scale(period);
      turn(x, period);
      if (t % PERIOD === 0 && !(height(scale) <= EXPLODED)) return false;
      for (let j = 0; j < n; j++) {
        const slope = scale * shapes[j]!.slope(y[j]!);
        slopes[j] = kinds[j]?.disturb(slope, drawn[j]![t]!, drift.strength(period)) ?? slope;
      }
      if (curl) {
        for (let j = 0; j < n; j++) y[j]! -= 0.5;
        multiply(curl, y, field);
        for (let j = 0; j < n; j++) slopes[j]! += field[j]!;
      }
      if (rotation) multiplyTransposed(rotation, slopes, out);
      else out.set(slopes);
      return true;
    },
    gain(x) {
      const period = Math.ceil(steps / PERIOD) - 1;
      turn(start, period);
      const before = height(drift.scale(period));
      turn(x, period);
      return before - height(drift.scale(period));
    },
  };
}

interface Drifting {
  scale(period: number): number;
  strength(period: number): number;
  offset(period: number, coordinate: number): number;
}

/** What stands still is 1, 1 and 0. Noise and optimum walk at random; the scale is drawn anew about 1. Nothing moves before the first period is over. */
function driftOf(drift: Drift | undefined, random: Random, n: number, periods: number): Drifting {
  const moves = Array.from({ length: periods }, (_value, period) =>
    Array.from({ length: n }, () => (drift && period > 0 ? DRIFT[drift] * random.normal() : 0)),
  );
  if (drift !== 'scale')
    for (let i = 1; i < periods; i++) moves[i] = moves[i]!.map((move, j) => move + moves[i - 1]![j]!);
  return {
    scale: (period) => (drift === 'scale' ? Math.exp(moves[period]![0]!) : 1),
    strength: (period) => (drift === 'noise' ? Math.exp(moves[period]![0]!) : 1),
    offset: (period, coordinate) => (drift === 'offset' ? moves[period]![coordinate]! : 0),
  };
}
