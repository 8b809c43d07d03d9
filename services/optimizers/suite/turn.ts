/** Turns of space: a random rotation, so that no axis is special, and a field that only turns, which no function has as its gradient. */
import type { Random } from '../random.ts';

export type Matrix = readonly Float64Array[];

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const normals = (random: Random, n: number): Float64Array[] =>
  Array.from({ length: n }, () => Float64Array.from({ length: n }, () => random.normal()));

/** Uniform among all orthogonal matrices: normal rows made orthonormal (Gram and Schmidt). */
export function randomRotation(random: Random, n: number): Matrix {
  const rows = normals(random, n);
  for (const [i, row] of rows.entries()) {
    for (const other of rows.slice(0, i)) {
      const share = dot(row, other);
      for (let j = 0; j < n; j++) row[j]! -= share * other[j]!;
    }
    const length = Math.sqrt(dot(row, row));
    for (let j = 0; j < n; j++) row[j]! /= length;
  }
  return rows;
}

/** Skew-symmetric, so that x·Sx = 0: it neither climbs nor falls. Its mean square is that of an orthogonal matrix. */
export function randomCurl(random: Random, n: number): Matrix {
  const raw = normals(random, n);
  const skew = raw.map((row, i) => row.map((value, j) => value - raw[j]![i]!));
  const size = Math.sqrt(skew.reduce((sum, row) => sum + dot(row, row), 0) / n);
  return skew.map((row) => row.map((value) => value / size));
}

/** M x, into `out`. */
export function multiply(matrix: Matrix, x: Float64Array, out: Float64Array): void {
  for (const [i, row] of matrix.entries()) out[i] = dot(row, x);
}

/** Mᵀ x, into `out`. */
export function multiplyTransposed(matrix: Matrix, x: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (const [i, row] of matrix.entries()) for (let j = 0; j < out.length; j++) out[j]! += row[j]! * x[i]!;
}
