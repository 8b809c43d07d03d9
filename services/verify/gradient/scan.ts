/**
 * The error of the centred difference over its step h: |a − n| / max(|a|, |n|) falls with h² while the difference is too coarse, and rises with 1/h where
 * rounding takes over. A wrong gradient stays where it is at every h; a kink shows as a step. Source: CS231n, "Gradient checks": step size h.
 */
import { type DoubleLoss, random } from '@anneal/engine';
import type { StepScan } from '@anneal/schemas';

/** Parameters of each tensor, and in all. */
const [PER_TENSOR, MOST] = [3, 24];
const JITTER = 1e-3;

export function scanSteps(of: DoubleLoss, seed: number): StepScan {
  const draw = random(seed);
  const next = () => draw() / 2 ** 32;
  const x = of.start.map((value) => value + JITTER * (2 * next() - 1));
  const gradient = of.gradient(x);
  const h = Array.from({ length: 23 }, (_value, i) => 10 ** (-1 - i / 2));
  let from = 0;
  const places = of.weights.flatMap(({ name, shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const first = from;
    from += size;
    const count = Math.min(PER_TENSOR, size);
    return Array.from({ length: count }, (_value, i) => {
      const index = Math.floor(((i + next()) * size) / count);
      return { tensor: name, index, at: first + index };
    });
  });
  const parameters = evenly(places, MOST).map(({ tensor, index, at }) => ({
    tensor,
    index,
    errors: h.map((step) => errorAt(of, x, at, step, gradient[at]!)),
  }));
  return { h, parameters };
}

function errorAt(of: DoubleLoss, x: Float64Array, at: number, h: number, analytic: number): number | null {
  const value = x[at]!;
  const lossAt = (moved: number): number => {
    x[at] = moved;
    return of.loss(x);
  };
  const numeric = (lossAt(value + h) - lossAt(value - h)) / (value + h - (value - h));
  x[at] = value;
  const size = Math.max(Math.abs(analytic), Math.abs(numeric));
  return size === 0 ? null : Math.abs(analytic - numeric) / size;
}

/** At most so many, from all over the list. */
const evenly = <T>(list: readonly T[], most: number): T[] =>
  list.filter((_item, i) => Math.floor((i * most) / list.length) !== Math.floor(((i - 1) * most) / list.length));
