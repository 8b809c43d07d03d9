/**
 * A scalar function of named tensors, as compareGradient takes it: its inputs in one vector, its gradient by TF.js or by hand. Every evaluation
 * starts from the same random numbers, and leaves its inputs as they were, which is looked into each time.
 */
import type { Differentiable } from '../gradient/compare.ts';
import { seedRandom } from './globals.ts';
import type { Input } from './inputs.ts';
import { type Tensor, tf, values } from './tf.ts';
import { isTensor, Unusable } from './unusable.ts';
import { winnersOf } from './winners.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

export interface Case {
  /** The export, as in `loss`. */
  readonly name: string;
  /** What its finding is called, as in `loss/gradient`. */
  readonly rule: string;
  readonly inputs: readonly Input[];
  /** A scalar. */
  value(at: Tensors): Tensor;
  /** One for each input that is differentiated; TF.js's own when left out. */
  gradients?(at: Tensors): Tensors;
}

const SEED = 7;

export function differentiable(of: Case): Differentiable & { readonly scale: number } {
  const inputs = of.inputs.filter(({ differentiated }) => differentiated);
  const start = concatenated(inputs.map((input) => input.values));
  const evaluate = (x: Float64Array): number => within(of, x, (at) => read(of.value(at)));
  const gradient = (x: Float64Array): Float64Array =>
    within(of, x, (at) => {
      const found = of.gradients ? of.gradients(at) : gradientsOfTape(of, at);
      return concatenated(inputs.map((input) => checkedGradient(of, input, found[input.name])));
    });
  // Somewhere else first, so that what a module keeps of its first call is stale when it counts.
  evaluate(start.map((value, i) => value + 0.05 * Math.sin(i + 1)));
  const scale = scaleOf(evaluate(start), gradient(start));
  return {
    weights: inputs,
    start,
    scale,
    loss: (x) => scale * evaluate(x),
    probe(x) {
      const { value, winners } = winnersOf(() => evaluate(x));
      return { loss: scale * value, winners };
    },
    gradient: (x) => gradient(x).map((value) => scale * value),
  };
}

/** Gradients below this drown in the rounding of a difference. */
const SMALL = 1e-3;
const MOST_LOSS = 1e3;

/** What a function is multiplied by so that the largest part of its gradient is 1, where it's small. */
function scaleOf(value: number, gradient: Float64Array): number {
  const largest = gradient.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  if (largest === 0 || largest >= SMALL) return 1;
  return Math.min(1 / largest, MOST_LOSS / Math.max(Math.abs(value), Number.MIN_VALUE));
}

/** Zeros where the tape leads to no input: whether the function depends on it is what the differences tell. */
function gradientsOfTape({ inputs, value }: Case, at: Tensors): Tensors {
  const names = inputs.filter(({ differentiated }) => differentiated).map(({ name }) => name);
  const xs = names.map((name) => at[name]!);
  const { grads } = tf.engine().gradients(() => value(at), xs, undefined, true);
  return Object.fromEntries(names.map((name, i) => [name, grads[i] ?? tf.zerosLike(xs[i]!)]));
}

/** Tensors of all inputs, those of the vector and the constants; what `code` makes is disposed of. */
function within<T>({ name, inputs }: Case, x: Float64Array, code: (at: Tensors) => T): T {
  const engine = tf.engine();
  engine.startScope();
  try {
    seedRandom(SEED);
    let from = 0;
    const given = inputs.map((input) => {
      const own = input.differentiated ? x.subarray(from, from + input.values.length) : input.values;
      if (input.differentiated) from += own.length;
      const array = input.dtype === 'int32' ? Int32Array.from(own) : own.slice();
      return { input, own, tensor: tf.tensor(array as never, [...input.shape], input.dtype) as Tensor };
    });
    const made = code(Object.fromEntries(given.map(({ input, tensor }) => [input.name, tensor])));
    for (const { input, own, tensor } of given) checkUntouched(name, input.name, own, tensor);
    return made;
  } finally {
    engine.endScope();
  }
}

function checkUntouched(name: string, input: string, own: Float64Array, tensor: Tensor): void {
  if (tensor.isDisposed) throw new Unusable(`${name} disposes of its input '${input}', which belongs to the caller`);
  const now = values(tensor);
  if (now.some((value, i) => !Object.is(value, own[i])))
    throw new Unusable(`${name} changes its input '${input}' in place; make a new tensor instead`);
}

function checkedGradient({ name, gradients }: Case, { name: input, shape }: Input, found: unknown): Float64Array {
  const by = gradients ? name : `TF.js's gradient of ${name}`;
  if (!isTensor(found))
    throw new Unusable(`${by} has none for '${input}': one of shape [${shape.join(', ')}] is needed`);
  if (found.shape.join() !== shape.join())
    throw new Unusable(
      `${by}: the gradient of '${input}' has shape [${found.shape.join(', ')}], it must have that of '${input}', [${shape.join(', ')}]`,
    );
  return Float64Array.from(values(found as Tensor));
}

const read = (scalar: Tensor): number => values(scalar)[0]!;

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
