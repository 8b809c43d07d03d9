/** The quadratic models of the minibatches, and their sum. */
import { Matrix } from 'ml-matrix';
import { activeOf, part, type SfoMemory } from './memory.ts';
import { add, product } from './vectors.ts';

/** (Bᵢ + λᵢI) d */
export function curved(memory: SfoMemory, i: number, d: Float64Array): Float64Array {
  const { factors, signs, least, sizes } = memory;
  const { directions, columns } = sizes;
  const answer = d.map((value) => value * least[i]!);
  for (let c = i * columns; c < (i + 1) * columns; c++) {
    if (signs[c] === 0) continue;
    const factor = part(factors, c, directions);
    add(answer, factor, signs[c]! * product(factor, d));
  }
  return answer;
}

/** From where minibatch i was last looked at to where the run stands. */
export const since = ({ here, positions, sizes }: SfoMemory, i: number): Float64Array => {
  const position = part(positions, i, sizes.directions);
  return here.map((value, k) => value - position[k]!);
};

/** What the model of minibatch i says of its loss where the run stands. */
export function predicted(memory: SfoMemory, i: number): number {
  const d = since(memory, i);
  const gradient = part(memory.gradients, i, memory.sizes.directions);
  return memory.values[i]! + product(gradient, d) + 0.5 * product(d, curved(memory, i, d));
}

/** Gradient of the sum of all models where the run stands. */
export function sumGradient(memory: SfoMemory): Float64Array {
  const { minibatches, directions } = memory.sizes;
  const sum = new Float64Array(directions);
  for (let i = 0; i < minibatches; i++) {
    add(sum, curved(memory, i, since(memory, i)));
    add(sum, part(memory.gradients, i, directions));
  }
  return sum;
}

/** H = Σᵢ (Bᵢ + λᵢI), over the minibatches in use. */
export function sumHessian(memory: SfoMemory): Matrix {
  const { directions } = memory.sizes;
  const diagonal = activeOf(memory).reduce((sum, i) => sum + memory.least[i]!, 0);
  const h = new Matrix(directions, directions);
  for (let j = 0; j < directions; j++)
    for (let k = 0; k < directions; k++) h.set(j, k, memory.curvature[j * directions + k]! + (j === k ? diagonal : 0));
  return h;
}

/** Adds share · Bᵢ to Σᵢ Bᵢ. */
export function addCurvature({ factors, signs, curvature, sizes }: SfoMemory, i: number, share: number): void {
  const { directions, columns } = sizes;
  for (let c = i * columns; c < (i + 1) * columns; c++) {
    if (signs[c] === 0) continue;
    const factor = part(factors, c, directions);
    for (let j = 0; j < directions; j++) add(part(curvature, j, directions), factor, share * signs[c]! * factor[j]!);
  }
}

/** Makes Σᵢ Bᵢ anew. */
export function sumCurvature(memory: SfoMemory): void {
  memory.curvature.fill(0);
  for (let i = 0; i < memory.sizes.minibatches; i++) addCurvature(memory, i, 1);
}
