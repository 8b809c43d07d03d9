/** Fits the preprocessing of a spec on the training rows and applies it to all, in float64; see schemas/dataset/preprocessing.ts. */
import { AnnealError, type PreprocessingStep } from '@anneal/schemas';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Inputs } from './load.ts';

/**
 * A fitted step: x ← (x − shift) · scale elementwise where it is `affine`, x ← (x − shift) M where it is `linear`; M is [features][outputs].
 * What `model/preprocessing.json` says.
 */
export type FittedStep =
  | { readonly type: 'affine'; readonly shift: readonly number[]; readonly scale: readonly number[] }
  | { readonly type: 'linear'; readonly shift: readonly number[]; readonly matrix: readonly (readonly number[])[] };

/** Most features that eigenvectors are computed for: the time grows with the cube, half a minute at 2,000. */
const MOST_FEATURES = 2048;

interface Rows {
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

/** @throws AnnealError `invalid_spec` where a step doesn't fit the inputs */
export function preprocess(
  inputs: Inputs,
  training: Int32Array,
  steps: readonly PreprocessingStep[],
): { inputs: Inputs; fitted: readonly FittedStep[] } {
  if (steps.length === 0) return { inputs, fitted: [] };
  let rows: Rows = { values: Float32Array.from(inputs.values), shape: inputs.shape };
  const fitted: FittedStep[] = [];
  for (const [index, step] of steps.entries()) {
    const one = fit(step, rows, training, `data.preprocessing[${index}]`);
    rows = apply(one, rows);
    fitted.push(one);
  }
  return { inputs: { dtype: 'float32', ...rows }, fitted };
}

/** Applies what was fitted on the examples that a model was trained on. */
export function preprocessAsFitted(inputs: Inputs, steps: readonly FittedStep[]): Inputs {
  if (steps.length === 0) return inputs;
  const rows: Rows = { values: Float32Array.from(inputs.values), shape: inputs.shape };
  return { dtype: 'float32', ...steps.reduce((before, step) => apply(step, before), rows) };
}

const widthOf = ({ shape }: Rows): number => shape.slice(1).reduce((a, b) => a * b, 1);

function fit(step: PreprocessingStep, rows: Rows, training: Int32Array, param: string): FittedStep {
  const width = widthOf(rows);
  const mean = columns(width, rows, training, (sum, x) => sum + x / training.length);
  if (step.type === 'mean-image') return { type: 'affine', shift: mean, scale: mean.map(() => 1) };
  if (step.type === 'standardize') {
    const variance = columns(width, rows, training, (sum, x, j) => sum + (x - mean[j]!) ** 2 / training.length);
    return { type: 'affine', shift: mean, scale: variance.map((v) => (v > 0 ? 1 / Math.sqrt(v) : 0)) };
  }
  if (step.type === 'min-max') {
    const low = columns(width, rows, training, (a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = columns(width, rows, training, (a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return { type: 'affine', shift: low, scale: high.map((h, j) => (h > low[j]! ? 1 / (h - low[j]!) : 0)) };
  }
  if (width > MOST_FEATURES) {
    const message = `${param}: ${step.type} needs the eigenvectors of ${width} features; at most ${MOST_FEATURES} are computed`;
    throw new AnnealError('invalid_spec', message, param);
  }
  if (step.type === 'pca' && step.components > width) {
    const message = `${param}.components: got ${step.components}, the examples have ${width} features`;
    throw new AnnealError('invalid_spec', message, `${param}.components`);
  }
  const { values, vectors } = eigen(covariance(rows, training, mean));
  const whitened = (lambda: number) => 1 / Math.sqrt(lambda + (step.epsilon ?? 0));
  if (step.type === 'pca') {
    const scales = values.slice(0, step.components).map((lambda) => (step.whiten ? whitened(lambda) : 1));
    return { type: 'linear', shift: mean, matrix: vectors.map((row) => scales.map((scale, k) => row[k]! * scale)) };
  }
  const scaled = new Matrix(vectors.map((row) => row.map((v, k) => v * whitened(values[k]!))));
  return { type: 'linear', shift: mean, matrix: scaled.mmul(new Matrix(vectors).transpose()).to2DArray() };
}

/** Folds every column over the training rows. */
function columns(
  width: number,
  { values }: Rows,
  training: Int32Array,
  next: (before: number, x: number, column: number) => number,
  start = 0,
): number[] {
  const folded = new Float64Array(width).fill(start);
  for (const row of training) for (let j = 0; j < width; j++) folded[j] = next(folded[j]!, values[row * width + j]!, j);
  return [...folded];
}

function covariance(rows: Rows, training: Int32Array, mean: readonly number[]): Matrix {
  const width = mean.length;
  const sums = new Float64Array(width * width);
  const x = new Float64Array(width);
  for (const row of training) {
    for (let j = 0; j < width; j++) x[j] = rows.values[row * width + j]! - mean[j]!;
    for (let i = 0; i < width; i++) {
      const xi = x[i]!;
      if (xi !== 0) for (let j = i; j < width; j++) sums[i * width + j]! += xi * x[j]!;
    }
  }
  const entry = (i: number, j: number) => sums[Math.min(i, j) * width + Math.max(i, j)]! / training.length;
  return new Matrix(
    Array.from({ length: width }, (_row, i) => Array.from({ length: width }, (_col, j) => entry(i, j))),
  );
}

/** Largest eigenvalue first; the component of each vector that is largest in size is positive, so that signs are defined. */
function eigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const found = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = found.realEigenvalues.map((_value, k) => k).reverse();
  const signs = order.map((k) => {
    const column = found.eigenvectorMatrix.getColumn(k);
    return Math.sign(column.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))) || 1;
  });
  const rows = found.eigenvectorMatrix.to2DArray();
  return {
    values: order.map((k) => Math.max(0, found.realEigenvalues[k]!)),
    vectors: rows.map((row) => order.map((k, place) => row[k]! * signs[place]!)),
  };
}

/** The rows after a fitted step. */
export function apply(step: FittedStep, rows: Rows): Rows {
  const width = widthOf(rows);
  const count = rows.shape[0] ?? 0;
  if (step.type === 'affine') {
    const values = new Float32Array(rows.values.length);
    for (let at = 0; at < values.length; at++) {
      const j = at % width;
      values[at] = (rows.values[at]! - step.shift[j]!) * step.scale[j]!;
    }
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
  return { values, shape: outputs === width ? rows.shape : [count, outputs] };
}
