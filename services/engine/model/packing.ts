/** Weights as one vector, one after the other, and back. */
import type { State } from '../plan/plan.ts';
import type { Weight } from './build.ts';

type Shaped = Pick<Weight, 'name' | 'shape'>;

export const sizeOf = ({ shape }: Shaped): number => shape.reduce((a, b) => a * b, 1);

export const widthOf = (weights: readonly Shaped[]): number => weights.reduce((sum, weight) => sum + sizeOf(weight), 0);

export function pack(state: State, weights: readonly Shaped[], nameOf: (weight: string) => string): Float32Array {
  const x = new Float32Array(widthOf(weights));
  let at = 0;
  for (const weight of weights) {
    x.set(state.get(nameOf(weight.name))!, at);
    at += sizeOf(weight);
  }
  return x;
}

export function unpack(
  x: Float32Array | Float64Array,
  weights: readonly Shaped[],
  nameOf: (weight: string) => string,
): State {
  let at = 0;
  return new Map(
    weights.map((weight) => {
      const values = Float32Array.from(x.subarray(at, at + sizeOf(weight)));
      at += values.length;
      return [nameOf(weight.name), values] as const;
    }),
  );
}
