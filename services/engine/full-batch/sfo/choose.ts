/** Which minibatch is looked at next, and when one more is used. */
import type { SfoOptions } from '@anneal/schemas';
import type { Matrix } from 'ml-matrix';
import type { Draws } from './draws.ts';
import { activeOf, part, type SfoMemory } from './memory.ts';
import { curved, since, sumHessian } from './model.ts';
import { EPSILON } from './subspace.ts';
import { add, product } from './vectors.ts';

export type Solve = (vectors: readonly Float64Array[]) => Float64Array[];

export function nextMinibatch(memory: SfoMemory, { selection }: SfoOptions, draws: Draws): number {
  const active = activeOf(memory);
  const { looks, numbers } = memory;
  // Two looks at each first: a Hessian needs them.
  const once = active.find((i) => looks[i] === 1);
  if (once !== undefined) return once;
  const never = active.filter((i) => looks[i] === 0);
  if (never.length > 0) return drawn(never, draws);
  if (selection === 'random') return drawn(active, draws);
  if (selection === 'cyclic') {
    const i = active[numbers.turn % active.length]!;
    numbers.turn = (numbers.turn + 1) % active.length;
    return i;
  }
  const all = selection === 'distance-both' ? draws.coin() : selection === 'distance';
  return all ? farthest(memory, active, draws) : farthestByItself(memory, active);
}

const drawn = (from: readonly number[], draws: Draws): number => from[draws.below(from.length)]!;

/** By H; where all of them were just looked at here, one more is used instead. */
function farthest(memory: SfoMemory, active: readonly number[], draws: Draws): number {
  const h = sumHessian(memory);
  const distances = active.map((i) => {
    const d = since(memory, i);
    return product(d, times(h, d));
  });
  const greatest = Math.max(...distances);
  const idle = idleOf(memory);
  if (greatest >= EPSILON || idle.length === 0) return active[distances.indexOf(greatest)]!;
  const i = drawn(idle, draws);
  memory.active[i] = 1;
  return i;
}

/** By the Hessian of each itself. */
function farthestByItself(memory: SfoMemory, active: readonly number[]): number {
  const distances = active.map((i) => {
    const d = since(memory, i);
    return product(d, curved(memory, i, d));
  });
  return active[distances.indexOf(Math.max(...distances))]!;
}

/**
 * Uses one more minibatch after a step that failed, after as many steps as there are in use, or where the standard error of their mean gradient is as
 * large as that gradient, both measured by H⁻¹; but not before each has been looked at twice.
 * @param solve H⁻¹ times vectors
 */
export function useMore(
  memory: SfoMemory,
  { gradientNoise }: SfoOptions,
  solve: Solve,
  failed: boolean,
  draws: Draws,
): void {
  const { looks, numbers, active } = memory;
  const used = activeOf(memory);
  const idle = idleOf(memory);
  const wanted = failed || numbers.sinceGrowth > used.length || noisy(memory, used, solve, gradientNoise);
  numbers.sinceGrowth++;
  if (!wanted || idle.length === 0 || used.some((i) => looks[i]! < 2)) return;
  numbers.sinceGrowth = 0;
  active[drawn(idle, draws)] = 1;
}

function noisy({ gradients, sizes }: SfoMemory, used: readonly number[], solve: Solve, allowed: number): boolean {
  const own = used.map((i) => part(gradients, i, sizes.directions));
  const mean = new Float64Array(sizes.directions);
  for (const gradient of own) add(mean, gradient, 1 / used.length);
  const apart = own.map((gradient) => gradient.map((value, k) => value - mean[k]!));
  const solved = solve([mean, ...apart]);
  const spread = apart.reduce((sum, vector, j) => sum + product(vector, solved[j + 1]!), 0);
  return spread / used.length / (used.length - 1) >= product(mean, solved[0]!) * allowed;
}

const idleOf = ({ active }: SfoMemory): number[] => Array.from(active.keys()).filter((i) => active[i] === 0);

function times(h: Matrix, d: Float64Array): Float64Array {
  return Float64Array.from(d, (_value, j) => product(Float64Array.from(h.getRow(j)), d));
}
