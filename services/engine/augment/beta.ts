/** Quantiles of the symmetric Beta distribution. */

/** Steps of the integration, many near the ends, where the density of a small α is steep. */
const STEPS = 200_000;

/**
 * The values at which the distribution function of Beta(α, α) is 0, 1/(n−1), … 1, by integration of x^(α−1)(1−x)^(α−1) with
 * x = sin²(φ), which takes the poles at 0 and 1 down to φ^(2α−1); the first cell, where that has a pole too, is integrated in closed form.
 */
export function betaQuantiles(alpha: number, points: number): Float32Array {
  const width = Math.PI / 2 / STEPS;
  // Half of the distribution: from φ = 0 to π/4; the other half mirrors it.
  const cells = STEPS / 2;
  const density = (phi: number) => (Math.sin(phi) * Math.cos(phi)) ** (2 * alpha - 1);
  const sums = new Float64Array(cells + 1);
  sums[1] = width ** (2 * alpha) / (2 * alpha);
  for (let cell = 1; cell < cells; cell++) sums[cell + 1] = sums[cell]! + density((cell + 0.5) * width) * width;
  const half = sums[cells]!;
  const quantiles = new Float32Array(points);
  let cell = 0;
  for (let i = 0; i < points; i++) {
    const mirrored = 2 * i > points - 1;
    const share = (mirrored ? points - 1 - i : i) / (points - 1);
    const wanted = 2 * share * half;
    if (mirrored) {
      quantiles[i] = 1 - quantiles[points - 1 - i]!;
      continue;
    }
    while (cell < cells - 1 && sums[cell + 1]! < wanted) cell++;
    const within = (wanted - sums[cell]!) / (sums[cell + 1]! - sums[cell]!);
    const phi = cell === 0 ? width * Math.max(0, within) ** (1 / (2 * alpha)) : (cell + within) * width;
    quantiles[i] = Math.sin(phi) ** 2;
  }
  return quantiles;
}
