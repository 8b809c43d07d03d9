/** Newton's method with a damped Hessian; see schemas/full-batch/newton.ts. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { moveAlong } from './line-search.ts';
import type { Method, Objective, Vector } from './objective.ts';

type Options = Extract<FullBatchUpdate, { rule: 'newton' }>;

/** Times that the damping may grow tenfold. */
const TRIES = 16;

export const newton =
  (options: Options): Method =>
  (objective, at, memory, rate) => {
    const d = direction(hessian(objective, memory.x), at.gradient, options.damping);
    return moveAlong(objective, memory.x, d, at, rate, { ...options, curvature: 0.9 });
  };

/** Solves (H + λI) d = −g, λ growing until H + λI is positive definite; −g / λ where it never is. */
function direction(h: Matrix, gradient: Vector, damping: number): Vector {
  const right = Matrix.columnVector(Array.from(gradient, (value) => -value));
  for (let tries = 0, lambda = damping; tries < TRIES; tries++, lambda *= 10) {
    const damped = h.clone();
    for (let i = 0; i < damped.rows; i++) damped.set(i, i, h.get(i, i) + lambda);
    const factor = new CholeskyDecomposition(damped);
    if (factor.isPositiveDefinite()) return Float64Array.from(factor.solve(right).to1DArray());
  }
  return Float64Array.from(gradient, (value) => -value / damping);
}

/** Central differences of the gradient, made symmetric; the step is the cube root of the rounding of x, where both errors are alike. */
export function hessian(objective: Objective, x: Vector): Matrix {
  const n = x.length;
  const rounding = x instanceof Float32Array ? 2 ** -24 : 2 ** -53;
  const h = new Matrix(n, n);
  const point = x.slice();
  for (let j = 0; j < n; j++) {
    const width = Math.cbrt(rounding) * Math.max(1, Math.abs(x[j]!));
    const gradientAt = (value: number) => {
      point[j] = value;
      return { at: point[j]!, gradient: objective(point).gradient.slice() };
    };
    const [above, below] = [gradientAt(x[j]! + width), gradientAt(x[j]! - width)];
    point[j] = x[j]!;
    for (let i = 0; i < n; i++) h.set(i, j, (above.gradient[i]! - below.gradient[i]!) / (above.at - below.at));
  }
  return Matrix.add(h, h.transpose()).mul(0.5);
}
