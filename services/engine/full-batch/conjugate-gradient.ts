/** Polak-Ribière+ conjugate gradients; see schemas/full-batch/conjugate-gradient.ts. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { lineSearch } from './line-search.ts';
import { dot, isZero, type Memory, type Method, norm1, slotOf, type Vector } from './objective.ts';

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
    const trial = first ? rate * Math.min(1, 1 / norm1(at.gradient)) : rate * firstTrial(at.gradient, d, memory);
    gradient.set(at.gradient);
    position.set(memory.x);
    before.set(d);
    const found = lineSearch(objective, memory.x, d, at, trial, options);
    memory.x.forEach((value, i) => {
      memory.x[i] = value + found.t * d[i]!;
    });
    return { length: found.t, next: found };
  };

/** −g + β d */
function conjugate(g: Vector, before: Vector, d: Vector): Vector {
  const beta = Math.max(0, (dot(g, g) - dot(g, before)) / dot(before, before));
  return g.map((value, i) => beta * d[i]! - value);
}

/** t₀ (g₀ᵀd₀)/(gᵀd): the same first-order change as in the step before. */
function firstTrial(g: Vector, d: Vector, memory: Memory): number {
  const [gradient, position, before] = [
    slotOf(memory, 'gradient'),
    slotOf(memory, 'position'),
    slotOf(memory, 'direction'),
  ];
  const moved = memory.x.map((value, i) => value - position[i]!);
  const length = dot(moved, before) / dot(before, before);
  const guess = (length * dot(gradient, before)) / dot(g, d);
  return Number.isFinite(guess) && guess > 0 ? guess : Math.min(1, 1 / norm1(g));
}
