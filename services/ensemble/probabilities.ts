/** Outputs of a row as probabilities, in float64. */
import type { Probability } from '@anneal/schemas';

export type { Probability };

/** softmax(z), σ(z), or z as it is where it is none. */
export function probabilitiesOf(outputs: ArrayLike<number>, probability: Probability): Float64Array {
  const own = Float64Array.from(outputs);
  if (probability === null) return own;
  if (probability === 'sigmoid') return own.map((z) => 1 / (1 + Math.exp(-z)));
  const most = own.reduce((a, b) => Math.max(a, b));
  const weights = own.map((z) => Math.exp(z - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
