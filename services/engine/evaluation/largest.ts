/** Index of the largest of `width` values from `from` on; the first of equals. */
export function largest(values: ArrayLike<number>, from: number, width: number): number {
  let best = 0;
  for (let k = 1; k < width; k++) if (values[from + k]! > values[from + best]!) best = k;
  return best;
}
