/** L-BFGS; see schemas/full-batch/l-bfgs.ts. Newest step first: `step0`, `change0`. */
import type { FullBatchUpdate } from '@anneal/schemas';
import { moveAlong } from './line-search.ts';
import { dot, firstTrial, isZero, type Memory, type Method, slotOf, type Vector } from './objective.ts';

type Options = Extract<FullBatchUpdate, { rule: 'l-bfgs' }>;

/** Curvatures sᵀy up to it say nothing about the Hessian. */
const LEAST_CURVATURE = 1e-10;

export const lBfgs =
  (options: Options): Method =>
  (objective, at, memory, rate) => {
    const first = isZero(slotOf(memory, 'gradient'));
    if (!first) remember(options.history, at.gradient, memory);
    const d = direction(options.history, at.gradient, memory);
    const scale = first ? firstTrial(at.gradient) : 1;
    slotOf(memory, 'gradient').set(at.gradient);
    slotOf(memory, 'position').set(memory.x);
    return moveAlong(objective, memory.x, d, at, rate * scale, options);
  };

/** Takes the last step s and the change y of the gradient into the history, if sᵀy says something. */
function remember(history: number, gradient: Vector, memory: Memory): void {
  const before = slotOf(memory, 'gradient');
  const position = slotOf(memory, 'position');
  const y = gradient.map((value, i) => value - before[i]!);
  const s = memory.x.map((value, i) => value - position[i]!);
  if (dot(s, y) <= LEAST_CURVATURE) return;
  for (let i = history - 1; i > 0; i--) {
    slotOf(memory, `step${i}`).set(slotOf(memory, `step${i - 1}`));
    slotOf(memory, `change${i}`).set(slotOf(memory, `change${i - 1}`));
  }
  slotOf(memory, 'step0').set(s);
  slotOf(memory, 'change0').set(y);
}

/** −H g by the two-loop recursion (Nocedal & Wright 7.4), in float64. */
function direction(history: number, gradient: Vector, memory: Memory): Vector {
  const pairs = Array.from({ length: history }, (_pair, i) => ({
    s: slotOf(memory, `step${i}`),
    y: slotOf(memory, `change${i}`),
  })).filter(({ s }) => !isZero(s));
  const q = Float64Array.from(gradient, (value) => -value);
  const weights = pairs.map(({ s, y }) => {
    const weight = dot(s, q) / dot(s, y);
    for (let i = 0; i < q.length; i++) q[i]! -= weight * y[i]!;
    return weight;
  });
  const [newest] = pairs;
  if (newest) {
    const scale = dot(newest.s, newest.y) / dot(newest.y, newest.y);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y } = pairs[k]!;
    const correction = weights[k]! - dot(y, q) / dot(s, y);
    for (let i = 0; i < q.length; i++) q[i]! += correction * s[i]!;
  }
  return q;
}
