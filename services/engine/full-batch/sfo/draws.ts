/** What SFO draws at random: a pure function of the seed and of how many draws were made before. */
import { below, mix, type Random, random } from '../../data/permutation.ts';
import type { SfoNumbers } from './memory.ts';

export interface Draws {
  /** A whole number in 0 … bound − 1. */
  below(bound: number): number;
  coin(): boolean;
  /** Of mean 0 and variance 1. */
  normals(count: number): Float64Array;
}

/** So that these draws are not those of the batch order. */
const OWN = 0x5f0;

/** Each draw counts one in `numbers.draws`. */
export function seededDraws(seed: number, numbers: Pick<SfoNumbers, 'draws'>): Draws {
  const next = (): Random => random(mix(seed, OWN, numbers.draws++));
  return {
    below: (bound) => below(bound, next()),
    coin: () => below(2, next()) === 1,
    normals(count) {
      const drawn = next();
      return Float64Array.from({ length: count }, () => normal(drawn));
    },
  };
}

/** Box & Muller 1958. */
function normal(next: Random): number {
  const radius = Math.sqrt(-2 * Math.log((next() + 1) / 2 ** 32));
  return radius * Math.cos((2 * Math.PI * next()) / 2 ** 32);
}
