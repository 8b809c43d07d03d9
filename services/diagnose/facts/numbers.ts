/** Means and medians of series. */
export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));

/** 0 at `from` and below, 1 at `to` and above, in a straight line between; `from` may be the larger one. */
export const ramp = (value: number, from: number, to: number): number => clamp((value - from) / (to - from));

/** The same on a logarithmic scale. */
export const logRamp = (value: number, from: number, to: number): number =>
  ramp(Math.log10(Math.max(value, 1e-30)), Math.log10(from), Math.log10(to));
