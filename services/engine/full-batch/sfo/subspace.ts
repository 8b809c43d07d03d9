/** The subspace that SFO works in: an orthonormal basis that grows with every gradient, and is cut down when it is full. */
import { isWholeSpace } from '@anneal/schemas';
import { CholeskyDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import type { Draws } from './draws.ts';
import { activeOf, part, type SfoMemory } from './memory.ts';
import { sumCurvature } from './model.ts';
import { add, lengthOf, product } from './vectors.ts';

/** Shorter is nothing. */
export const EPSILON = 1e-12;
/** Parameters that are turned at once: a new basis is written over the old one. */
const BLOCK = 4096;

/** Coordinates of a vector of all parameters. */
export function coordinates(memory: SfoMemory, vector: Float64Array): Float64Array {
  if (isWholeSpace(memory.sizes)) return vector.slice();
  const { parameters, directions } = memory.sizes;
  const found = new Float64Array(directions);
  for (let k = 0; k < memory.numbers.dimension; k++) found[k] = product(part(memory.basis, k, parameters), vector);
  return found;
}

/** The vector of all parameters that has those coordinates. */
export function lifted(memory: SfoMemory, at: Float64Array): Float64Array {
  if (isWholeSpace(memory.sizes)) return at.slice();
  const { parameters } = memory.sizes;
  const vector = new Float64Array(parameters);
  for (let k = 0; k < memory.numbers.dimension; k++) add(vector, part(memory.basis, k, parameters), at[k]!);
  return vector;
}

/** Takes the direction of a vector into the subspace, which is cut down if that was the last one to fit. */
export function include(memory: SfoMemory, vector: Float64Array, draws: Draws): void {
  const { numbers, sizes, basis } = memory;
  const length = lengthOf(vector);
  if (isWholeSpace(sizes) || !Number.isFinite(length) || length < EPSILON) return;
  const fresh = vector.map((value) => value / length);
  // More than once where little is left: what is subtracted leaves rounding errors.
  for (let tries = 0; tries < 3; tries++) {
    add(fresh, lifted(memory, coordinates(memory, fresh)), -1);
    const left = lengthOf(fresh);
    if (left < EPSILON) return;
    for (let j = 0; j < fresh.length; j++) fresh[j]! /= left;
    if (left > 0.1) break;
  }
  part(basis, numbers.dimension++, sizes.parameters).set(fresh);
  if (numbers.dimension >= sizes.directions) cutDown(memory, coordinates(memory, vector), draws);
}

/** Keeps the last gradients and positions of the minibatches in use, `extra`, and where the run stands; random directions fill it up. */
function cutDown(memory: SfoMemory, extra: Float64Array, draws: Draws): void {
  const { sizes, gradients, positions, weights } = memory;
  const { directions, kept } = sizes;
  const active = activeOf(memory);
  const columns = [
    ...active.map((i) => part(gradients, i, directions)),
    ...active.map((i) => part(positions, i, directions)),
    extra,
    coordinates(memory, weights),
  ];
  const filled = draws.normals(directions * kept);
  const wanted = new Matrix(directions, kept);
  for (let k = 0; k < directions; k++)
    for (let j = 0; j < kept; j++) wanted.set(k, j, columns[j]?.[k] ?? filled[k * kept + j]!);
  const turn = new QrDecomposition(wanted).orthogonalMatrix.transpose();
  turnBasis(
    memory,
    turn.to2DArray().map((row) => Float64Array.from(row)),
  );
  memory.numbers.dimension = kept;
  changeCoordinates(memory, turn);
  straighten(memory);
}

/** Makes the basis orthonormal again where rounding has added up: P ← P L⁻ᵀ, with PᵀP = L Lᵀ. */
function straighten(memory: SfoMemory): void {
  const { sizes, numbers, basis } = memory;
  const direction = (k: number) => part(basis, k, sizes.parameters);
  const { dimension } = numbers;
  const gram = new Matrix(dimension, dimension);
  let worst = 0;
  for (let i = 0; i < dimension; i++)
    for (let j = 0; j <= i; j++) {
      const value = product(direction(i), direction(j));
      gram.set(i, j, value);
      gram.set(j, i, value);
      worst = Math.max(worst, Math.abs(value - (i === j ? 1 : 0)));
    }
  if (worst <= EPSILON) return;
  const lower = new CholeskyDecomposition(gram).lowerTriangularMatrix;
  for (let j = 0; j < dimension; j++) {
    const column = direction(j);
    for (let i = 0; i < j; i++) add(column, direction(i), -lower.get(j, i));
    for (let k = 0; k < column.length; k++) column[k]! /= lower.get(j, j);
  }
  changeCoordinates(memory, lower.transpose());
}

/** New directions, of which row j of `rows` has the coordinates in the old ones; what is beyond them becomes 0. */
function turnBasis({ basis, sizes }: SfoMemory, rows: readonly Float64Array[]): void {
  const { parameters, directions } = sizes;
  for (let from = 0; from < parameters; from += BLOCK) {
    const to = Math.min(from + BLOCK, parameters);
    const old = Array.from({ length: directions }, (_direction, k) =>
      basis.slice(k * parameters + from, k * parameters + to),
    );
    for (let j = 0; j < directions; j++) {
      const place = basis.subarray(j * parameters + from, j * parameters + to).fill(0);
      rows[j]?.forEach((share, k) => {
        add(place, old[k]!, share);
      });
    }
  }
}

/** Gives everything that is kept in coordinates its new ones, c ← turn · c. */
function changeCoordinates(memory: SfoMemory, turn: Matrix): void {
  const { directions } = memory.sizes;
  const rows = turn.to2DArray().map((row) => Float64Array.from(row));
  for (const vectors of [memory.gradients, memory.positions, memory.steps, memory.changes, memory.factors])
    for (let i = 0; i < vectors.length / directions; i++) {
      const vector = part(vectors, i, directions);
      const old = vector.slice();
      vector.fill(0);
      rows.forEach((row, k) => {
        vector[k] = product(row, old);
      });
    }
  memory.here.set(coordinates(memory, memory.weights));
  sumCurvature(memory);
}
