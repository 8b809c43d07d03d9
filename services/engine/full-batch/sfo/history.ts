/** What SFO learns by a look at a minibatch: where it was looked at, and how its gradient has changed since. */
import { part, type SfoMemory } from './memory.ts';
import { EPSILON } from './subspace.ts';
import { lengthOf, product } from './vectors.ts';

/** Takes a look into the history of minibatch i: its loss and the coordinates of its gradient at those of a position. */
export function remember(
  memory: SfoMemory,
  i: number,
  position: Float64Array,
  value: number,
  gradient: Float64Array,
): void {
  const { directions } = memory.sizes;
  const lastPosition = part(memory.positions, i, directions);
  const lastGradient = part(memory.gradients, i, directions);
  // Before its first look there is nothing to compare with.
  if (!Number.isNaN(memory.values[i]!)) {
    const step = position.map((each, k) => each - lastPosition[k]!);
    const change = gradient.map((each, k) => each - lastGradient[k]!);
    if (tells(step, change)) {
      push(memory, memory.steps, i, step);
      push(memory, memory.changes, i, change);
    }
  }
  lastPosition.set(position);
  lastGradient.set(gradient);
  memory.values[i] = value;
}

/** Whether they are long enough, and not at right angles. */
function tells(step: Float64Array, change: Float64Array): boolean {
  const [stepLength, changeLength] = [lengthOf(step), lengthOf(change)];
  if (stepLength < EPSILON || changeLength < EPSILON) return false;
  return Math.abs(product(step, change)) / (stepLength * changeLength) >= EPSILON;
}

/** Newest first; the oldest one is dropped. */
function push({ sizes }: SfoMemory, vectors: Float64Array, i: number, newest: Float64Array): void {
  const { directions, history } = sizes;
  const own = part(vectors, i, history * directions);
  own.copyWithin(directions, 0, (history - 1) * directions);
  own.set(newest);
}

/** Steps and changes of minibatch i that there are, newest first. */
export function pairsOf({ steps, changes, sizes }: SfoMemory, i: number): { s: Float64Array; y: Float64Array }[] {
  const { directions, history } = sizes;
  return Array.from({ length: history }, (_pair, h) => ({
    s: part(steps, i * history + h, directions),
    y: part(changes, i * history + h, directions),
  })).filter(({ s }) => lengthOf(s) > 0);
}
