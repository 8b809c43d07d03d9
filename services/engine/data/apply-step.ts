/** A step of preprocessing, fitted, applied to rows. Each row by itself: a row becomes the same numbers whatever lies beside it. */
import { inputWidth } from './data-set.ts';

/**
 * A fitted step: x ← (x − shift) · scale elementwise where it is `affine`, x ← (x − shift) M where it is `linear`; M is [features][outputs].
 * What `model/preprocessing.json` says.
 */
export type FittedStep =
  | { readonly type: 'affine'; readonly shift: readonly number[]; readonly scale: readonly number[] }
  | { readonly type: 'linear'; readonly shift: readonly number[]; readonly matrix: readonly (readonly number[])[] };

export interface Rows {
  readonly values: Float32Array<ArrayBuffer>;
  /** [rows, ...example]. */
  readonly shape: readonly number[];
}

/** The rows after a fitted step, in float64 and rounded to float32. */
export function applyStep(step: FittedStep, rows: Rows): Rows {
  const width = inputWidth(rows);
  const count = rows.shape[0] ?? 0;
  if (step.type === 'affine') {
    const [shift, scale] = [Float64Array.from(step.shift), Float64Array.from(step.scale)];
    const values = new Float32Array(rows.values.length);
    for (let row = 0, at = 0; row < count; row++)
      for (let j = 0; j < width; j++, at++) values[at] = (rows.values[at]! - shift[j]!) * scale[j]!;
    return { values, shape: rows.shape };
  }
  const outputs = step.matrix[0]?.length ?? 0;
  const values = new Float32Array(count * outputs);
  const sums = new Float64Array(outputs);
  for (let row = 0; row < count; row++) {
    sums.fill(0);
    for (let j = 0; j < width; j++) {
      const x = rows.values[row * width + j]! - step.shift[j]!;
      const weights = step.matrix[j]!;
      if (x !== 0) for (let k = 0; k < outputs; k++) sums[k]! += x * weights[k]!;
    }
    values.set(sums, row * outputs);
  }
  return { values, shape: stepShape(step, rows.shape) };
}

/** Shape of the rows after a fitted step. */
export function stepShape(step: FittedStep, shape: readonly number[]): readonly number[] {
  const outputs = step.type === 'affine' ? null : (step.matrix[0]?.length ?? 0);
  return outputs === null || outputs === inputWidth({ shape }) ? shape : [shape[0] ?? 0, outputs];
}
