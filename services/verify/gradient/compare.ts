/**
 * Compares a gradient with centred differences of its loss, in double precision: n = (f(w + h) − f(w − h)) / 2h at single parameters and along random
 * directions. The relative error is |a − n| / max(|a|, |n|); differences below 4ε max(1, |f|) / h are rounding and count as none. Parameters whose
 * probes lie on two pieces of the loss, by the winners of every max, are set apart: there is no gradient between them.
 *
 * Source: CS231n, "Gradient checks". The rounding bound was measured on six nets; h = 1e-5 balances it against the truncation of h².
 */
import type { DoubleLoss } from '@anneal/engine';
// Not from the index, which loads TensorFlow: users' own code is compared where there is none.
import { random } from '@anneal/engine/data/permutation.ts';

/** What can be compared: a function of one vector that knows its gradient. */
export interface Differentiable extends Pick<DoubleLoss, 'start' | 'loss' | 'probe' | 'gradient'> {
  /** The tensors that the vector holds, one after the other. */
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

export interface Compared {
  /** Name of the tensor, or the direction; and after how many steps of descent, where it is not the start. */
  readonly where: string;
  readonly index: number | null;
  readonly analytic: number;
  readonly numeric: number;
  readonly error: number;
}

export interface Comparison {
  /** Worst first. */
  readonly compared: readonly Compared[];
  readonly tensors: number;
  /** Tensors of which all parameters looked at lie on kinks. */
  readonly unchecked: readonly string[];
  /** Set apart, and replaced by others where there are any. */
  readonly kinked: number;
  /** Of the compared ones: analytic and numeric both 0 within rounding. */
  readonly bothZero: number;
  /** Two evaluations at one point gave the same bits. */
  readonly deterministic: boolean;
  readonly loss: number;
}

export interface CompareOptions {
  readonly seed: number;
  /** Parameters compared in each tensor, at most. */
  readonly perTensor: number;
  readonly directions: number;
  /** Parameters compared in all, at most; one of every tensor in any case. */
  readonly most: number;
}

const H = 1e-5;
/** Parameters are moved by up to so much first: zero biases on black pixels lie on kinks exactly. */
const JITTER = 1e-3;
/** Parameters of a tensor that are tried in the place of one on a kink, that one included. */
const TRIES = 8;
const ROUNDING = (4 * 2 ** -52) / H;

/** At the start, or at the weights `from`. */
export function compareGradient(of: Differentiable, options: CompareOptions, from = of.start): Comparison {
  const draw = random(options.seed);
  const next = () => draw() / 2 ** 32;
  const x = from.map((value) => value + JITTER * (2 * next() - 1));
  const loss = of.loss(x);
  const deterministic = Object.is(of.loss(x), loss);
  const gradient = of.gradient(x);
  const noise = ROUNDING * Math.max(1, Math.abs(loss));
  const found: Compared[] = [];
  let [kinked, bothZero] = [0, 0];
  const look = (where: string, index: number | null, analytic: number, numeric: number | null): void => {
    if (numeric === null) {
      kinked += 1;
      return;
    }
    const apart = Math.abs(analytic - numeric);
    const size = Math.max(Math.abs(analytic), Math.abs(numeric));
    if (size <= noise) bothZero += 1;
    found.push({ where, index, analytic, numeric, error: apart <= noise ? 0 : apart / size });
  };
  let looked = 0;
  for (const { name, draw: place } of rounds(of, options.perTensor, next)) {
    if (looked++ >= Math.max(options.most, of.weights.length)) break;
    for (let tries = 0; tries < TRIES; tries++) {
      const { index, at } = place();
      const numeric = alongOne(of, x, at);
      look(name, index, gradient[at]!, numeric);
      if (numeric !== null) break;
    }
  }
  for (let k = 0; k < options.directions; k++) {
    const direction = x.map(() => (2 * next() - 1) / Math.sqrt(x.length));
    look(`random direction ${k + 1}`, null, dot(gradient, direction), along(of, x, direction));
  }
  const compared = found.sort((a, b) => b.error - a.error);
  const reached = new Set(compared.filter(({ index }) => index !== null).map(({ where }) => where));
  const unchecked = of.weights.map(({ name }) => name).filter((name) => !reached.has(name));
  return { compared, tensors: reached.size, unchecked, kinked, bothZero, deterministic, loss };
}

type Probe = ReturnType<Differentiable['probe']>;

/** Null where the probes lie on two pieces of the loss. */
function difference(above: Probe, below: Probe, width: number): number | null {
  const [a, b] = [above.winners, below.winners];
  if (a && b) for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return null;
  return (above.loss - below.loss) / width;
}

/** At one parameter, by the step that rounding leaves of h; x is as it was afterwards. */
function alongOne(of: Differentiable, x: Float64Array, at: number): number | null {
  const value = x[at]!;
  const probe = (moved: number) => {
    x[at] = moved;
    return of.probe(x);
  };
  const found = difference(probe(value + H), probe(value - H), value + H - (value - H));
  x[at] = value;
  return found;
}

function along(of: Differentiable, x: Float64Array, direction: Float64Array): number | null {
  const shifted = (by: number) => of.probe(x.map((value, i) => value + by * direction[i]!));
  return difference(shifted(H), shifted(-H), 2 * H);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Parameters to look at: one of every tensor, then a second of every tensor … so that none is missed where the number is limited. */
function* rounds({ weights }: Differentiable, perTensor: number, next: () => number) {
  let from = 0;
  const tensors = weights.map(({ name, shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    from += size;
    return { name, size, from: from - size };
  });
  for (let round = 0; round < perTensor; round++)
    for (const tensor of tensors) {
      if (round >= tensor.size) continue;
      let tried = 0;
      const draw = () => {
        const index = tensor.size <= perTensor ? (round + tried++) % tensor.size : Math.floor(next() * tensor.size);
        return { index, at: tensor.from + index };
      };
      yield { name: tensor.name, draw };
    }
}
