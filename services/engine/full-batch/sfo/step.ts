/** One step of SFO; see schemas/full-batch/sfo.ts. */
import type { SfoOptions } from '@anneal/schemas';
import { LuDecomposition, Matrix } from 'ml-matrix';
import { nextMinibatch, type Solve, useMore } from './choose.ts';
import type { Draws } from './draws.ts';
import { renewHessian } from './hessian.ts';
import { remember } from './history.ts';
import type { SfoMemory } from './memory.ts';
import { sumGradient, sumHessian } from './model.ts';
import { type Look, type LookAt, settle } from './settle.ts';
import { EPSILON, lifted } from './subspace.ts';
import { add, lengthOf, product } from './vectors.ts';

/**
 * Looks at one minibatch and goes to the minimum of all models, `rate` of the way: `memory` is changed in place.
 * @returns what was seen where the run stood before; where that was a step too far, at the place before it. If it is not finite, nothing is learnt.
 */
export function sfoStep<L extends Look>(
  lookAt: LookAt<L>,
  memory: SfoMemory,
  options: SfoOptions,
  draws: Draws,
  rate: number,
): L {
  const i = nextMinibatch(memory, options, draws);
  const { seen, gradient, failed } = settle(lookAt, memory, i, draws);
  if (!Number.isFinite(seen.loss) || !gradient.every(Number.isFinite)) return seen;
  remember(memory, i, memory.here, seen.loss, gradient);
  const { weights, before, here, numbers } = memory;
  numbers.travelled += lengthOf(weights.map((value, j) => value - before[j]!));
  renewHessian(memory, i);
  const h = sumHessian(memory);
  const solve = solver(h);
  const step = solve([sumGradient(memory)])[0]!.map((value) => -value * numbers.scale * rate);
  limitLength(step, memory, options);
  before.set(weights);
  add(weights, lifted(memory, step));
  add(here, step);
  numbers.predicted = 0.5 * product(step, Float64Array.from(h.mmul(Matrix.columnVector(step)).to1DArray()));
  useMore(memory, options, solve, failed, draws);
  return seen;
}

/** H⁻¹ times vectors. */
function solver(h: Matrix): Solve {
  const factors = new LuDecomposition(h);
  return (vectors) => {
    const answers = factors.solve(new Matrix(vectors as Float64Array[]).transpose());
    return vectors.map((_vector, j) => Float64Array.from(answers.getColumn(j)));
  };
}

function limitLength(step: Float64Array, { numbers, sizes }: SfoMemory, options: SfoOptions): void {
  const { shortestStep, longestStep } = options;
  let length = lengthOf(step);
  const scaleTo = (wanted: number): void => {
    for (let k = 0; k < step.length; k++) step[k]! *= wanted / length;
    length = wanted;
  };
  if (length > 0 && length < shortestStep) scaleTo(shortestStep);
  if (numbers.looks <= sizes.minibatches || length <= EPSILON) return;
  const longest = (longestStep * numbers.travelled) / numbers.looks;
  if (length > longest) scaleTo(longest);
}
