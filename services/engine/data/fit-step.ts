/** Fits a step of preprocessing in one pass over the training rows; see schemas/dataset/preprocessing.ts. */
import { AnnealError, type PreprocessingStep } from '@anneal/schemas';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FittedStep } from './apply-step.ts';
import type { EachRow } from './each-row.ts';
import { Comoments, Moments } from './moments.ts';

/** Most features that eigenvectors are computed for: the time grows with the cube, half a minute at 2,000. */
const MOST_FEATURES = 2048;

/** @throws AnnealError `invalid_spec` where the step doesn't fit examples of `width` features */
export function fitStep(step: PreprocessingStep, width: number, each: EachRow, param: string): FittedStep {
  if (step.type === 'mean-image' || step.type === 'standardize') {
    const moments = new Moments(width);
    each((values, at) => moments.add(values, at));
    const deviates = (j: number) => (moments.variance(j) > 0 ? 1 / Math.sqrt(moments.variance(j)) : 0);
    const scale = (_mean: number, j: number) => (step.type === 'mean-image' ? 1 : deviates(j));
    return { type: 'affine', shift: [...moments.mean], scale: [...moments.mean].map(scale) };
  }
  if (step.type === 'min-max') return fitRange(width, each);
  if (width > MOST_FEATURES) {
    const message = `${param}: ${step.type} needs the eigenvectors of ${width} features; at most ${MOST_FEATURES} are computed`;
    throw new AnnealError('invalid_spec', message, param);
  }
  if (step.type === 'pca' && step.components > width) {
    const message = `${param}.components: got ${step.components}, the examples have ${width} features`;
    throw new AnnealError('invalid_spec', message, `${param}.components`);
  }
  const moments = new Comoments(width);
  each((values, at) => moments.add(values, at));
  return { type: 'linear', shift: [...moments.mean], matrix: axes(step, moments.covariance) };
}

function fitRange(width: number, each: EachRow): FittedStep {
  const low = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  each((values, at) => {
    for (let j = 0; j < width; j++) {
      low[j] = Math.min(low[j]!, values[at + j]!);
      high[j] = Math.max(high[j]!, values[at + j]!);
    }
  });
  const scale = [...high].map((most, j) => (most > low[j]! ? 1 / (most - low[j]!) : 0));
  return { type: 'affine', shift: [...low], scale };
}

/** [features][outputs] of a PCA or a ZCA. */
function axes(step: Extract<PreprocessingStep, { type: 'pca' | 'zca' }>, covariance: number[][]): number[][] {
  const { values, vectors } = eigen(new Matrix(covariance));
  const whitened = (lambda: number) => 1 / Math.sqrt(lambda + (step.epsilon ?? 0));
  if (step.type === 'pca') {
    const scales = values.slice(0, step.components).map((lambda) => (step.whiten ? whitened(lambda) : 1));
    return vectors.map((row) => scales.map((scale, k) => row[k]! * scale));
  }
  const scaled = new Matrix(vectors.map((row) => row.map((v, k) => v * whitened(values[k]!))));
  return scaled.mmul(new Matrix(vectors).transpose()).to2DArray();
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
