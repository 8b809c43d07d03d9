/**
 * Every kernel receives a gradient: at the start, or after one small step against it (a last layer that starts at 0 holds back the others only for the
 * first step). A layer that gets none is cut off, its units are dead, or all of the net starts at 0.
 *
 * Source: Karpathy, "A recipe for training neural networks"; CS231n, gradient distributions per layer. A kernel without any gradient fails; gradients
 * (root mean square) of hidden kernels that differ by more than 10⁴ warn: they vanish or explode by depth.
 */
import type { DoubleLoss } from '@anneal/engine';
import type { Finding } from '@anneal/schemas';
import { inDoubles, isUnavailable } from '../in-doubles.ts';
import { found, one, passed, skipped } from './check.ts';

const NAME = 'gradient-flow';
const EXAMPLES = 20;
const SPREAD = 1e4;
/** Length of the step against the gradient. */
const STEP = 0.1;
/** Of the largest gradient: what is below is rounding, as in a bias that batch normalisation takes off again. */
const ROUNDING = 1e-13;

interface Flow {
  readonly name: string;
  readonly kernel: boolean;
  /** Root mean square of the gradient, at the start or after the step. */
  readonly size: number;
}

export const gradientFlow = one(NAME, (input): Finding => {
  const rows = input.data.splits.training.subarray(0, EXAMPLES);
  const flows = inDoubles(input.spec, input, rows, flowsOf);
  if (isUnavailable(flows)) return skipped(NAME, `gradients were not looked at: ${flows.unavailable}`);
  const kernels = flows.filter(({ kernel }) => kernel);
  if (kernels.length === 0) return skipped(NAME, 'no layer of the net has a kernel that is trained');
  const none = flows.filter(({ size }) => size === 0).map(({ name }) => name);
  const dead = kernels.filter(({ size }) => size === 0).map(({ name }) => name);
  const sizes = kernels.map(({ size }) => size);
  if (!sizes.every(Number.isFinite)) return skipped(NAME, 'gradients were not looked at: they are not finite');
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const evidence = {
    ...{ tensors: flows.length, withoutGradient: none.join(', ') || null, examples: rows.length },
    ...{ leastOfKernels: least, mostOfKernels: most },
  };
  if (dead.length > 0) {
    const which = dead.length === kernels.length ? 'no kernel' : `${list(dead)}`;
    const message =
      dead.length === kernels.length
        ? `${which} receives a gradient: nothing will be learned`
        : `${which} ${dead.length === 1 ? 'receives' : 'receive'} no gradient: ${dead.length === 1 ? 'it' : 'they'} will not be learned`;
    return found(NAME, 'fail', 'no-gradient', message, evidence);
  }
  const [first, last] = [kernels[0], kernels.at(-1)];
  const ratio = most / least;
  const numbers = `all ${kernels.length} kernels receive gradients, from ${least.toExponential(1)} to ${most.toExponential(1)} (root mean square)`;
  if (kernels.length < 2 || ratio <= SPREAD) return passed(NAME, numbers, evidence);
  const vanish = first!.size < last!.size;
  const cause = vanish ? 'vanishing-gradient' : 'exploding-gradient';
  return found(NAME, 'warn', cause, `${numbers}: they ${vanish ? 'vanish' : 'grow'} on their way back`, evidence);
});

function flowsOf(of: DoubleLoss): Flow[] {
  const gradient = of.gradient(of.start);
  const length = Math.hypot(...norms(of, gradient)) || 1;
  const moved = of.start.map((value, i) => value - (STEP * gradient[i]!) / length);
  const later = norms(of, of.gradient(moved));
  const largest = Math.max(...norms(of, gradient), ...later);
  return norms(of, gradient).map((norm, i) => {
    const { name, shape, regularized } = of.weights[i]!;
    const size = Math.max(norm, later[i]!) <= ROUNDING * largest ? 0 : norm || later[i]!;
    return { name, kernel: regularized, size: size / Math.sqrt(shape.reduce((a, b) => a * b, 1)) };
  });
}

/** ‖g‖ of each tensor. */
function norms({ weights }: DoubleLoss, gradient: Float64Array): number[] {
  let at = 0;
  return weights.map(({ shape }) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const part = gradient.subarray(at, at + size);
    at += size;
    return Math.sqrt(part.reduce((sum, g) => sum + g * g, 0));
  });
}

const list = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
