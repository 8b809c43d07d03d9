/** Runs a recorded function by the kernels that it names: a trace around it writes them down like those of the engine's own code. */
import {
  AnnealError,
  idsBefore,
  type RecordedFunction,
  type RecordedKernel,
  type RecordedStep,
  sizeOfShape,
  type TensorType,
} from '@anneal/schemas';
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow.ts';
import { HostRead } from '../trace/trace.ts';

/** Numbers of a constant that are one and the same and yet written out. */
const MOST_WRITTEN = 1024;

/** Tensors of a function by their numbers. */
type Tensors = Map<number, Tensor>;

/** Without a gradient. */
export function replayed(fn: RecordedFunction, inputs: readonly Tensor[]): Tensor[] {
  const known = taken(fn, inputs);
  run(fn, known, 0, fn.backward?.from ?? fn.steps.length);
  return fn.outputs.map((id) => known.get(id)!);
}

/** Its output, whose gradient for `inputs[by[i]]` is the function's own i-th. */
export function differentiable(fn: RecordedFunction, inputs: readonly Tensor[], by: readonly number[]): Tensor {
  const { backward } = fn;
  if (!backward) throw new Error('the function has no gradient');
  const first = idsBefore(fn, backward.from);
  const dyId = fn.inputs.length - 1;
  const kept = [...neededLater(fn, first)].filter((id) => id !== dyId);
  const code = (...given: unknown[]) => {
    const save = given.pop() as (tensors: Tensor[]) => void;
    const all = [...inputs];
    by.forEach((index, i) => {
      all[index] = given[i] as Tensor;
    });
    const known = taken(fn, all);
    run(fn, known, 0, backward.from);
    save(kept.map((id) => known.get(id)!));
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const later: Tensors = new Map(kept.map((id, i) => [id, saved[i]!]));
      later.set(dyId, dy);
      run(fn, later, backward.from, fn.steps.length);
      const gradients = backward.gradients.map((id) => later.get(id)!);
      return gradients.length === 1 ? gradients[0]! : gradients;
    };
    return { value: known.get(fn.outputs[0]!)!, gradFunc };
  };
  return tf.customGrad(code as never)(...by.map((index) => inputs[index]!)) as Tensor;
}

function taken(fn: RecordedFunction, inputs: readonly Tensor[]): Tensors {
  return new Map(inputs.map((tensor, id) => [id, matching(tensor, fn.inputs[id]!, 'an input')]));
}

/** Numbers below `first` that the gradient takes or answers. */
function neededLater({ steps, backward }: RecordedFunction, first: number): Set<number> {
  const later = steps.slice(backward!.from).flatMap((step) => ('constant' in step ? [] : Object.values(step.inputs)));
  return new Set([...later, ...backward!.gradients].filter((id) => id < first));
}

function run(fn: RecordedFunction, known: Tensors, from: number, to: number): void {
  let id = idsBefore(fn, from);
  for (const step of fn.steps.slice(from, to)) {
    const made = 'constant' in step ? [constant(step)] : runKernel(step, known);
    for (const tensor of made) known.set(id++, tensor);
  }
}

function constant({ constant: { shape, dtype }, values }: Extract<RecordedStep, { constant: unknown }>): Tensor {
  const size = sizeOfShape(shape);
  if (!Array.isArray(values) && size > MOST_WRITTEN)
    return tf.cast(tf.fill([...shape], Number(values), 'float32'), dtype);
  const numbers = Array.isArray(values) ? values.map(Number) : new Array<number>(size).fill(Number(values));
  if (dtype === 'float32') return tf.tensor(Float32Array.from(numbers), [...shape]);
  return tf.tensor(dtype === 'bool' ? Uint8Array.from(numbers) : Int32Array.from(numbers), [...shape], dtype);
}

function runKernel({ kernel, inputs, attrs, outputs }: RecordedKernel, known: Tensors): Tensor[] {
  const at = (id: number): Tensor => known.get(id)!;
  const given = Array.isArray(inputs)
    ? inputs.map(at)
    : Object.fromEntries(Object.entries(inputs).map(([name, id]) => [name, at(id)]));
  const made = [native(kernel, given as NamedTensorMap, decoded(attrs))].flat();
  if (made.length !== outputs.length) throw nonsense(`${kernel} makes ${made.length} tensors, not ${outputs.length}`);
  return made.map((tensor, i) => matching(tensor, outputs[i]!, kernel));
}

function native(kernel: string, inputs: NamedTensorMap, attrs: unknown): Tensor | Tensor[] {
  try {
    return tf.engine().runKernel(kernel, inputs, attrs as never) as Tensor | Tensor[];
  } catch (error) {
    if (error instanceof HostRead) throw error;
    throw nonsense(`${kernel}: ${(error as Error).message}`);
  }
}

/** Numbers that JSON has no words for. */
function decoded(value: unknown): unknown {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decoded(item)]));
}

function matching(tensor: Tensor, { shape, dtype }: TensorType, what: string): Tensor {
  if (tensor.shape.join() === shape.join() && tensor.dtype === dtype) return tensor;
  throw nonsense(
    `${what} is ${tensor.dtype} [${tensor.shape.join(', ')}] where ${dtype} [${shape.join(', ')}] was recorded`,
  );
}

const nonsense = (why: string) => new AnnealError('invalid_module', `the module's recording can't be replayed: ${why}`);
