/**
 * A few steps down the gradient on the examples at hand, in double precision, so that a gradient can be looked at where training goes: at the start
 * weights are small, units are in their linear parts, and a mistake may hide. Source: CS231n, "Gradient checks": "let the network burn in".
 */
import type { DoubleLoss } from '@anneal/engine';

export interface BurnedIn {
  readonly x: Float64Array;
  /** That lowered the loss. */
  readonly steps: number;
  readonly loss: number;
}

const MOST_STEPS = 8;
/** Share of the loss at the start at which it is enough. */
const FALLEN = 0.7;
/** First step's length, against that of the weights. */
const FIRST = 0.05;
const HALVINGS = 6;

/** Ends early where no step lowers the loss, as with a gradient of the wrong sign: then `steps` is 0. */
export function burnIn(of: DoubleLoss): BurnedIn {
  let x = of.start;
  const first = of.loss(x);
  let [loss, steps, rate] = [first, 0, 0];
  while (steps < MOST_STEPS && loss > FALLEN * first) {
    const gradient = of.gradient(x);
    const length = norm(gradient);
    if (length === 0) break;
    rate ||= (FIRST * norm(x)) / length;
    const lower = descend(of, x, gradient, rate, loss);
    if (!lower) break;
    ({ x, loss } = lower);
    rate = 2 * lower.rate;
    steps += 1;
  }
  return { x, steps, loss };
}

/** The first of ever shorter steps that lowers the loss. */
function descend(of: DoubleLoss, x: Float64Array, gradient: Float64Array, longest: number, before: number) {
  for (let halving = 0, rate = longest; halving < HALVINGS; halving++, rate /= 2) {
    const moved = x.map((value, i) => value - rate * gradient[i]!);
    const loss = of.loss(moved);
    if (loss < before) return { x: moved, loss, rate };
  }
  return null;
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
