/** Looks at a minibatch where the last step has led, and takes the step back if it made things worse than the models allow. */
import type { Draws } from './draws.ts';
import { remember } from './history.ts';
import type { SfoMemory } from './memory.ts';
import { predicted } from './model.ts';
import { coordinates, EPSILON, include } from './subspace.ts';

export interface Look {
  readonly loss: number;
  /** By all parameters. */
  readonly gradient: Float64Array;
}

/** Loss and gradient of minibatch i at x, and what else is known there; x is not kept. */
export type LookAt<L extends Look> = (x: Float64Array, i: number) => L;

export interface Settled<L extends Look> {
  /** Where the run stands now. */
  readonly seen: L;
  /** Its coordinates. */
  readonly gradient: Float64Array;
  readonly failed: boolean;
}

/** Looks again this much nearer to the position before, so often at most. */
const BACK = 0.01;
const TRIES = 10;
/** A rise so many times the expected change is far too much. */
const FAR = 10;
/** A first look may be so many standard deviations above the others. */
const DEVIATIONS = 3;
/** Shorter steps tell nothing. */
const SMALLEST_SCALE = 1e-5;

export function settle<L extends Look>(lookAt: LookAt<L>, memory: SfoMemory, i: number, draws: Draws): Settled<L> {
  const { numbers, sizes, weights } = memory;
  const look = (x: Float64Array): L => {
    const found = lookAt(x, i);
    include(memory, found.gradient, draws);
    memory.looks[i]!++;
    numbers.looks++;
    return found;
  };
  const seen = look(weights);
  const failed = isTooFar(memory, i, seen);
  const share = 1 / sizes.minibatches;
  numbers.scale = failed ? Math.max(numbers.scale / 2, SMALLEST_SCALE) : share + numbers.scale * (1 - share);
  const settled = failed ? goBack(look, memory, i, seen) : seen;
  return { seen: settled, gradient: coordinates(memory, settled.gradient), failed };
}

function isTooFar(memory: SfoMemory, i: number, { loss, gradient }: Look): boolean {
  const { looks, values, numbers } = memory;
  if (!Number.isFinite(loss) || !gradient.every(Number.isFinite)) return true;
  if (looks[i] === 1) return loss > highest(Array.from(values).filter((_value, j) => looks[j]! > 1));
  const last = values[i]!;
  if (!(loss > last)) return false;
  const expected = predicted(memory, i);
  // The others may have gained what this one has lost.
  return loss - expected > numbers.predicted - (last - expected);
}

/** What a first look may see at most, by what others have seen; anything where there is none. */
function highest(others: readonly number[]): number {
  if (others.length === 0) return Number.POSITIVE_INFINITY;
  const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
  const variance = others.reduce((sum, value) => sum + (value - mean) ** 2, 0) / others.length;
  return mean + DEVIATIONS * Math.sqrt(variance);
}

/** The position before, unless that is worse still; what was seen beyond it is remembered either way. */
function goBack<L extends Look>(look: (x: Float64Array) => L, memory: SfoMemory, i: number, tooFar: L): L {
  const { weights, before, here, values } = memory;
  const last = look(before);
  const expected = predicted(memory, i);
  const change = Math.abs(Number.isFinite(values[i]!) ? expected - values[i]! : tooFar.loss - last.loss);
  const usual = Number.isFinite(change) && change >= EPSILON ? change : EPSILON;
  let seen = tooFar;
  for (let tries = 0; tries < TRIES && !(seen.loss - last.loss < FAR * usual); tries++) {
    for (let j = 0; j < weights.length; j++) weights[j] = (1 - BACK) * before[j]! + BACK * weights[j]!;
    here.set(coordinates(memory, weights));
    seen = look(weights);
  }
  const gradient = coordinates(memory, seen.gradient);
  if (seen.loss < last.loss) {
    remember(memory, i, coordinates(memory, before), last.loss, coordinates(memory, last.gradient));
    return seen;
  }
  if (Number.isFinite(seen.loss) && gradient.every(Number.isFinite)) remember(memory, i, here, seen.loss, gradient);
  weights.set(before);
  here.set(coordinates(memory, weights));
  return last;
}
