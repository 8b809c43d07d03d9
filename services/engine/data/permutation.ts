/**
 * Seeded shuffles, the same bits on every machine.
 *
 * The generator is sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand): 128 bits of state, passes PractRand and
 * BigCrush. Its state is filled by splitmix32 from one 32-bit seed, and the first 12 outputs are thrown away, as its
 * author advises. The shuffle is Fisher-Yates; a bounded number comes from Lemire's multiply-and-reject ("Fast random
 * integer generation in an interval", 2019), so that every order is equally likely.
 */

/** Draws the next number, uniform in 0 … 2³²−1. */
export type Random = () => number;

/** One round of splitmix32: the finaliser of MurmurHash3 over a Weyl sequence. */
function splitmix32(state: number): number {
  let z = (state + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * One 32-bit seed out of any number of integers, in order: `mix(seed, epoch)` differs from `mix(epoch, seed)`.
 * Integers count with all their 53 bits.
 */
export function mix(...numbers: number[]): number {
  let state = splitmix32(numbers.length);
  for (const number of numbers) {
    if (!Number.isSafeInteger(number)) throw new RangeError(`mix takes integers, got ${number}`);
    state = splitmix32(state ^ (number | 0));
    state = splitmix32(state ^ Math.floor(number / 2 ** 32));
  }
  return state;
}

/** The generator sfc32, seeded by all the bits of an integer. */
export function random(seed: number): Random {
  const start = mix(seed);
  let a = splitmix32(start);
  let b = splitmix32(a ^ start);
  let c = splitmix32(b ^ start);
  let counter = 1;
  const next = () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let discarded = 0; discarded < 12; discarded++) next();
  return next;
}

/** A whole number in 0 … bound−1, without bias. `bound` is at most 2³¹. */
export function below(bound: number, next: Random): number {
  const threshold = 2 ** 32 % bound;
  for (;;) {
    const draw = next();
    // The 64-bit product draw·bound, as its high and its low half.
    const low = Math.imul(draw, bound) >>> 0;
    if (low >= threshold) return high(draw, bound);
  }
}

/** The upper 32 bits of a·b, exactly: each half product stays below 2⁵³. */
function high(a: number, b: number): number {
  const upper = (a >>> 16) * b;
  const lower = (a & 0xffff) * b;
  return Math.floor((upper + Math.floor(lower / 0x10000)) / 0x10000);
}

/** The numbers 0 … n−1 in an order that depends on `n` and `seed` alone. */
export function permutation(n: number, seed: number): Int32Array<ArrayBuffer> {
  const order = new Int32Array(n);
  for (let index = 0; index < n; index++) order[index] = index;
  const next = random(seed);
  for (let last = n - 1; last > 0; last--) {
    const other = below(last + 1, next);
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
