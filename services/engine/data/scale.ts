/** The scale of inputs, x · multiply + add, applied in the graph so that stored bytes stay bytes. */
import { AnnealError } from '@anneal/schemas';

export interface Scale {
  readonly multiply: number;
  readonly add: number;
}

/**
 * @param values all inputs, `size` of them a row
 * @param training the rows whose mean and deviation `standardize` takes: never those it will be judged on
 * @throws AnnealError `invalid_spec` for `unit` on floats, and for `standardize` on inputs that are all equal
 */
export function inputScale(
  kind: 'unit' | 'standardize' | 'none',
  values: Uint8Array | Float32Array,
  size: number,
  training: Int32Array,
): Scale {
  if (kind === 'none') return { multiply: 1, add: 0 };
  if (kind === 'unit') {
    if (values instanceof Uint8Array) return { multiply: 1 / 255, add: 0 };
    throw new AnnealError(
      'invalid_spec',
      "data.scale: 'unit' divides bytes by 255, but these inputs are floats; use 'standardize' or 'none'",
      'data.scale',
    );
  }
  const { mean, deviation } =
    values instanceof Uint8Array ? momentsOfBytes(values, size, training) : momentsOfFloats(values, size, training);
  if (deviation > 0) return { multiply: 1 / deviation, add: -mean / deviation };
  throw new AnnealError(
    'invalid_spec',
    `data.scale: 'standardize' divides by the deviation, but every input of the training split is ${mean}; use 'none'`,
    'data.scale',
  );
}

/** Exact: counts of the 256 values. */
function momentsOfBytes(values: Uint8Array, size: number, rows: Int32Array) {
  const counts = new Float64Array(256);
  for (const row of rows) {
    const end = (row + 1) * size;
    for (let at = row * size; at < end; at++) counts[values[at] as number]! += 1;
  }
  const total = rows.length * size;
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / total;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / total;
  return { mean, deviation: Math.sqrt(variance) };
}

/** Two passes in float64: a large mean costs no digits of the deviation. */
function momentsOfFloats(values: Float32Array, size: number, rows: Int32Array) {
  const total = rows.length * size;
  const mean = sum(values, size, rows, (value) => value) / total;
  const variance = sum(values, size, rows, (value) => (value - mean) ** 2) / total;
  return { mean, deviation: Math.sqrt(variance) };
}

function sum(values: Float32Array, size: number, rows: Int32Array, term: (value: number) => number): number {
  let total = 0;
  for (const row of rows) {
    const end = (row + 1) * size;
    for (let at = row * size; at < end; at++) total += term(values[at] as number);
  }
  return total;
}
