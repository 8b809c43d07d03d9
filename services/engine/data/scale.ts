/** The scale of inputs, x · multiply + add, applied in the graph so that stored bytes stay bytes. */
import { AnnealError } from '@anneal/schemas';
import { type InputLayout, inputWidth } from './data-set.ts';
import type { EachRow } from './each-row.ts';
import { Moments } from './moments.ts';

export interface Scale {
  readonly multiply: number;
  readonly add: number;
}

/**
 * @param each visits the training rows, whose mean and deviation `standardize` takes: never those it will be judged on
 * @throws AnnealError `invalid_spec` for `unit` on floats, and for `standardize` on inputs that are all equal
 */
export function inputScale(kind: 'unit' | 'standardize' | 'none', inputs: InputLayout, each: EachRow): Scale {
  if (kind === 'none') return { multiply: 1, add: 0 };
  if (kind === 'unit') {
    if (inputs.dtype === 'uint8') return { multiply: 1 / 255, add: 0 };
    throw new AnnealError(
      'invalid_spec',
      "data.scale: 'unit' divides bytes by 255, but these inputs are floats; use 'standardize' or 'none'",
      'data.scale',
    );
  }
  const width = inputWidth(inputs);
  const { mean, variance } = inputs.dtype === 'uint8' ? momentsOfBytes(width, each) : momentsOfFloats(width, each);
  const deviation = Math.sqrt(variance);
  if (deviation > 0) return { multiply: 1 / deviation, add: -mean / deviation };
  throw new AnnealError(
    'invalid_spec',
    `data.scale: 'standardize' divides by the deviation, but every input of the training split is ${mean}; use 'none'`,
    'data.scale',
  );
}

/** Exact: counts of the 256 values. */
function momentsOfBytes(width: number, each: EachRow) {
  const counts = new Float64Array(256);
  each((values, start) => {
    for (let at = start; at < start + width; at++) counts[values[at]!]! += 1;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / total;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / total;
  return { mean, variance };
}

function momentsOfFloats(width: number, each: EachRow) {
  const moments = new Moments(width);
  each((values, at) => moments.add(values, at));
  return moments.together;
}
