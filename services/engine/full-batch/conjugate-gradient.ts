/** Polak-Ribière+ conjugate gradients; see schemas/full-batch/conjugate-gradient.ts. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { moveAlong } from './line-search.ts';
import { dot, firstTrial, isZero, type Memory, type Method, slotOf, type Vector } from './objective.ts';

type Options = Extract<FullBatchUpdate, { rule: 'conjugate-gradient' }>;

export const conjugateGradient =
  (options: Options): Method =>
  (objective, at, memory, rate) => {
    const [gradient, position, before] = ['gradient', 'position', 'direction'].map((name) => slotOf(memory, name)) as [
      Vector,
      Vector,
      Vector,
    ];
    const first = isZero(gradient);
    let d = first ? at.gradient.map((g) => -g) : conjugate(at.gradient, gradient, before);
    if (!first && dot(at.gradient, d) >= 0) d = at.gradient.map((g) => -g);
    const trial = first ? firstTrial(at.gradient) : nextTrial(at.gradient, d, memory);
    gradient.set(at.gradient);
    position.set(memory.x);
    before.set(d);
    return moveAlong(objective, memory.x, d, at, rate * trial, options);
  };

/** −g + β d */
function conjugate(g: Vector, before: Vector, d: Vector): Vector {
  const beta = Math.max(0, (dot(g, g) - dot(g, before)) / dot(before, before));
  return g.map((value, i) => beta * d[i]! - value);
}

/** t₀ (g₀ᵀd₀)/(gᵀd): the same first-order change as in the step before. */
function nextTrial(g: Vector, d: Vector, memory: Memory): number {
  const [gradient, position, before] = [
    slotOf(memory, 'gradient'),
    slotOf(memory, 'position'),
    slotOf(memory, 'direction'),
  ];
  const moved = memory.x.map((value, i) => value - position[i]!);
  const length = dot(moved, before) / dot(before, before);
  const guess = (length * dot(gradient, before)) / dot(g, d);
  return Number.isFinite(guess) && guess > 0 ? guess : firstTrial(g);
}
