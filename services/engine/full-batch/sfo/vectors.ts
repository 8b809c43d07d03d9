/** Sums over vectors. */

/** Sum of the products of what both have. */
export function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export const lengthOf = (vector: Float64Array): number => Math.sqrt(product(vector, vector));

/** a ← a + share · b */
export function add(a: Float64Array, b: Float64Array, share = 1): void {
  for (let i = 0; i < a.length; i++) a[i]! += share * b[i]!;
}
