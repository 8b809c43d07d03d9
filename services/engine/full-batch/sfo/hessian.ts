/** The Hessian of one minibatch, by BFGS from the changes of its gradient, kept positive definite. Source: section 3.2 and appendix C of the paper. */
import { EigenvalueDecomposition, Matrix, pseudoInverse, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { pairsOf } from './history.ts';
import { activeOf, part, type SfoMemory } from './memory.ts';
import { addCurvature, sumHessian } from './model.ts';

/** Eigenvalues are kept within this ratio of the greatest one. */
const WIDEST = 1e8;
/** Singular values below this share of the greatest are 0, as in NumPy. */
const SINGULAR = 1e-15;

/** Renews Bᵢ and λᵢ from the history of minibatch i, and Σᵢ Bᵢ with them. */
export function renewHessian(memory: SfoMemory, i: number): void {
  addCurvature(memory, i, -1);
  part(memory.signs, i, memory.sizes.columns).fill(0);
  const pairs = pairsOf(memory, i);
  if (pairs.length === 0) {
    borrow(memory, i);
    return;
  }
  const [s, y] = [columnsOf(pairs.map((pair) => pair.s)), columnsOf(pairs.map((pair) => pair.y))];
  const plane = planeOf(s, y);
  const [steps, changes] = [plane.transpose().mmul(s), plane.transpose().mmul(y)];
  const scales = scalesOf(steps, changes);
  // Nothing can be told from this history: a cautious guess from the others.
  if (!scales.every((scale) => scale > 0 && Number.isFinite(scale)))
    scales.fill(Math.max(...activeOf(memory).map((each) => memory.least[each]!)));
  const greatest = Math.max(...scales);
  memory.most[i] = greatest;
  const { least, b } = bfgs(steps, changes, Math.max(Math.min(...scales), greatest / WIDEST), greatest);
  memory.least[i] = least;
  keep(memory, i, plane, positiveDefinite(b, least, greatest));
  addCurvature(memory, i, 1);
}

/** Without a history: the median eigenvalue of the whole Hessian, for each minibatch in use. */
function borrow(memory: SfoMemory, i: number): void {
  const { looks, least, most } = memory;
  const { realEigenvalues } = new EigenvalueDecomposition(sumHessian(memory), { assumeSymmetric: true });
  least[i] = median(realEigenvalues) / activeOf(memory).length;
  most[i] = least[i]!;
  // The first steps were too short to tell anything: the initial curvature was too large.
  if (looks[i]! > 2 && looks.reduce((sum, each) => sum + each, 0) < 5) least[i]! /= 10;
}

/** Orthonormal columns that span the history; all directions where it has more columns than there are. */
function planeOf(s: Matrix, y: Matrix): Matrix {
  const columns = s.columns + y.columns;
  if (columns > s.rows) return Matrix.eye(s.rows);
  const both = Matrix.zeros(s.rows, columns);
  both.setSubMatrix(s, 0, 0);
  both.setSubMatrix(y, 0, s.columns);
  return new QrDecomposition(both).orthogonalMatrix;
}

/** Sizes of the eigenvalues of a Hessian with Y = H S, as many as there are changes. */
function scalesOf(steps: Matrix, changes: Matrix): number[] {
  const h = changes.mmul(pseudoInverse(steps, SINGULAR / Math.max(steps.rows, steps.columns)));
  return new SingularValueDecomposition(h).diagonal.slice(0, steps.columns);
}

/** B of B + λI, from the oldest change to the newest. Curvatures below 0 are taken as they are. */
function bfgs(steps: Matrix, changes: Matrix, start: number, greatest: number): { least: number; b: Matrix } {
  const b = Matrix.zeros(steps.rows, steps.rows);
  let least = start;
  for (let h = steps.columns - 1; h >= 0; h--) {
    const length = steps.getColumnVector(h).norm();
    const s = steps.getColumnVector(h).div(length);
    const y = changes.getColumnVector(h).div(length);
    const hs = Matrix.add(Matrix.mul(s, least), b.mmul(s));
    const renewed = Matrix.sub(square(y, y.dot(s)), square(hs, s.dot(hs)));
    if (renewed.to1DArray().every(Number.isFinite)) b.add(renewed);
    else least = greatest;
  }
  return { least, b };
}

/** v vᵀ / by */
const square = (v: Matrix, by: number): Matrix => v.mmul(v.transpose()).div(by);

interface Spectrum {
  readonly vectors: Matrix;
  /** Of B, so that those of B + λI are above 0. */
  readonly values: readonly number[];
}

/** Eigenvalues of B + λI that are too small, or below 0, become the median of those above 0. */
function positiveDefinite(b: Matrix, least: number, greatest: number): Spectrum {
  const h = Matrix.add(b, Matrix.eye(b.rows).mul(least));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(h, { assumeSymmetric: true });
  const found = Math.max(...realEigenvalues) > 0 ? realEigenvalues : realEigenvalues.map(() => greatest);
  const usual = median(found.filter((value) => value > 0));
  const smallest = Math.max(...found.map(Math.abs)) / WIDEST;
  const values = found.map((value) => (value < smallest ? usual : value) - least);
  return { vectors: eigenvectorMatrix, values };
}

/** Bᵢ as a sum of sign · factor factorᵀ. */
function keep(memory: SfoMemory, i: number, plane: Matrix, { vectors, values }: Spectrum): void {
  const { directions, columns } = memory.sizes;
  const lifted = plane.mmul(vectors);
  values.forEach((value, c) => {
    const place = i * columns + c;
    const root = Math.sqrt(Math.abs(value));
    memory.signs[place] = Math.sign(value);
    part(memory.factors, place, directions).set(lifted.getColumn(c).map((each) => each * root));
  });
}

/** Vectors as the columns of a matrix. */
const columnsOf = (vectors: readonly Float64Array[]): Matrix => new Matrix(vectors as Float64Array[]).transpose();

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
