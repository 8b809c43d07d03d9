/** Random numbers of a seed: the same for every rule that is tried, so that rules differ and luck does not. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, variance 1 (Box and Muller 1958). */
  normal(): number;
  /** Location 0, scale 1: no mean, no variance. */
  cauchy(): number;
}

export function randomOf(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const uniform = (): number => uniformFloat64(generator);
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    cauchy: () => Math.tan(Math.PI * (uniform() - 0.5)),
  };
}
