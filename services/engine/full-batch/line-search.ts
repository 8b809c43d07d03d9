/**
 * A step length t along d that meets the strong Wolfe conditions: f(t) ≤ f(0) + c₁ t f′(0) and |f′(t)| ≤ c₂ |f′(0)|. First a bracket is found by going
 * further, then it is narrowed by cubic interpolation.
 *
 * Source: Nocedal & Wright, Numerical Optimization, 2nd ed., algorithms 3.5 and 3.6, with the safeguards of Schmidt's minFunc, which PyTorch's
 * LBFGS takes too: a trial too near to an end of the bracket is moved to a tenth of its width.
 */
import { along, dot, largestEntry, type Objective, type Point, type Vector } from './objective.ts';

export interface Wolfe {
  readonly sufficientDecrease: number;
  readonly curvature: number;
  /** Most points looked at. */
  readonly evaluations: number;
}

interface Trial<P extends Point> {
  readonly t: number;
  readonly point: P;
  /** Infinite where it is not finite. */
  readonly loss: number;
  /** f′(t) = gᵀd */
  readonly slope: number;
}

/** Narrower brackets, measured in the largest change of a parameter, are left as they are. */
const NARROW = 1e-9;

/** Moves x to the best trial that was found and answers its point; x stays where none is better than the start. */
export function moveAlong<P extends Point>(
  objective: Objective<P>,
  x: Vector,
  d: Vector,
  start: P,
  first: number,
  options: Wolfe,
): P {
  const origin: Trial<P> = { t: 0, point: start, loss: start.loss, slope: dot(start.gradient, d) };
  const look = (t: number) => trialAt(objective, x, d, t);
  const { t, point } = search(origin, look, first, NARROW / largestEntry(d), options);
  x.set(along(x, d, t));
  return point;
}

/** The trial that was found best; the origin where none is better. Losses that are not finite count as infinite. */
function search<P extends Point>(
  origin: Trial<P>,
  look: (t: number) => Trial<P>,
  first: number,
  narrow: number,
  { sufficientDecrease: c1, curvature: c2, evaluations }: Wolfe,
): Trial<P> {
  const tooHigh = ({ loss, t }: Trial<P>) => loss > origin.loss + c1 * t * origin.slope;
  const flat = ({ slope }: Trial<P>) => Math.abs(slope) <= -c2 * origin.slope;
  let [before, now, count] = [origin, look(first), 0];
  let bracket: [Trial<P>, Trial<P>] | undefined;
  while (count < evaluations && !bracket) {
    if (tooHigh(now) || (count > 1 && now.loss >= before.loss)) bracket = [before, now];
    else if (flat(now)) return now;
    else if (now.slope >= 0) bracket = [before, now];
    else {
      const further = cubic(before, now, now.t + 0.01 * (now.t - before.t), now.t * 10);
      [before, now] = [now, look(further)];
      count += 1;
    }
  }
  bracket ??= [origin, now];
  let [low, high] = bracket[0].loss <= bracket[1].loss ? bracket : [bracket[1], bracket[0]];
  let stuck = false;
  while (count < evaluations && Math.abs(high.t - low.t) >= narrow) {
    const [left, right] = low.t < high.t ? [low, high] : [high, low];
    let t = cubic(left, right, left.t, right.t);
    const margin = 0.1 * (right.t - left.t);
    const near = Math.min(right.t - t, t - left.t) < margin;
    const moved: boolean = near && (stuck || t >= right.t || t <= left.t);
    if (moved) t = Math.abs(t - right.t) < Math.abs(t - left.t) ? right.t - margin : left.t + margin;
    stuck = near && !moved;
    const trial = look(t);
    count += 1;
    if (tooHigh(trial) || trial.loss >= low.loss) {
      high = trial;
      if (high.loss < low.loss) [low, high] = [high, low];
      continue;
    }
    if (flat(trial)) return trial;
    if (trial.slope * (high.t - low.t) >= 0) high = low;
    low = trial;
  }
  return low;
}

function trialAt<P extends Point>(objective: Objective<P>, x: Vector, d: Vector, t: number): Trial<P> {
  const point = objective(along(x, d, t));
  if (Number.isFinite(point.loss)) return { t, point, loss: point.loss, slope: dot(point.gradient, d) };
  return { t, point, loss: Number.POSITIVE_INFINITY, slope: Number.POSITIVE_INFINITY };
}

/** The minimum of the cubic through both values and slopes, within the bounds (Nocedal & Wright 3.59); their middle where there is none. */
function cubic(a: Trial<Point>, b: Trial<Point>, low: number, high: number): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t);
  const square = d1 * d1 - a.slope * b.slope;
  if (!(square >= 0) || !Number.isFinite(square)) return (low + high) / 2;
  const d2 = Math.sqrt(square);
  const least =
    a.t <= b.t
      ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
      : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
  return Math.min(Math.max(least, low), high);
}
