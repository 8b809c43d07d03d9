/**
 * A function of a user's module as data: which of TF.js's kernels it calls, on what, in which order. It is recorded once for given shapes in the
 * confined process and replayed by the engine, so that nothing of the module runs where a job trains. It comes from beside the module, so it is not
 * trusted: `checkRecorded` has to pass it first.
 *
 * Tensors go by numbers: the inputs first, then what each step makes, in order.
 */
import { z } from 'zod';
import { RECORDED_KERNELS } from './recorded-kernels.ts';

/** Numbers in one tensor, and in all that a function makes. */
const MOST_NUMBERS = 2 ** 27;
const MOST_NUMBERS_IN_ALL = 2 ** 31;

const tensorType = z.strictObject({
  shape: z.array(z.int().min(0).max(MOST_NUMBERS)).max(6),
  dtype: z.enum(['float32', 'int32', 'bool']),
});
/** JSON has no words for the last three. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const plain = z.union([z.null(), z.boolean(), z.number(), z.string().max(40)]);
const id = z.int().min(0);

const constantStep = z.strictObject({
  constant: tensorType,
  /** One for all, or each. */
  values: z.union([number, z.array(number)]),
});
const kernelStep = z.strictObject({
  kernel: z.enum(RECORDED_KERNELS),
  inputs: z.union([z.array(id), z.record(z.string().max(40), id)]),
  attrs: z.record(z.string().max(40), z.union([plain, z.array(z.union([plain, z.array(plain).max(100)])).max(1000)])),
  outputs: z.array(tensorType).min(1).max(1000),
});

export const recordedFunction = z.strictObject({
  inputs: z.array(tensorType).max(1000),
  steps: z.array(z.union([kernelStep, constantStep])).max(10_000),
  outputs: z.array(id),
  /** Its gradient, where it has one: the steps from `from` on, which alone take the last input, the gradient of the output. */
  backward: z.strictObject({ from: z.int().min(0), gradients: z.array(id) }).nullable(),
});

export type RecordedFunction = z.output<typeof recordedFunction>;
export type RecordedStep = RecordedFunction['steps'][number];
export type RecordedKernel = Extract<RecordedStep, { kernel: unknown }>;
export type TensorType = z.output<typeof tensorType>;

/** What is to be recorded of a module. */
export type RecordAsk =
  | { readonly of: 'loss'; readonly labels: TensorType; readonly predictions: TensorType }
  | { readonly of: 'metric'; readonly labels: TensorType; readonly predictions: TensorType }
  | {
      readonly of: 'update';
      readonly shape: readonly number[];
      readonly slots: readonly string[];
      readonly options: Readonly<Record<string, unknown>>;
    }
  | {
      readonly of: 'layer';
      /** By name: `x`, then its weights. */
      readonly inputs: Readonly<Record<string, TensorType>>;
      readonly output: TensorType;
    };

export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** @returns what makes no sense in it, or null */
export function checkRecorded({ inputs, steps, outputs, backward }: RecordedFunction): string | null {
  if (backward && backward.from > steps.length) return 'its gradient starts after its end';
  let known = inputs.length;
  let numbers = 0;
  const dy = backward ? inputs.length - 1 : -1;
  for (const [index, step] of steps.entries()) {
    if ('constant' in step) {
      const size = sizeOfShape(step.constant.shape);
      if (Array.isArray(step.values) && step.values.length !== size)
        return `step ${index} has too few or too many values`;
      numbers += size;
      known += 1;
      continue;
    }
    const taken = Object.values(step.inputs);
    if (taken.some((one) => one >= known)) return `step ${index} takes what is not there yet`;
    if (backward && index < backward.from && taken.includes(dy)) return `step ${index} takes the gradient too early`;
    for (const { shape } of step.outputs) {
      if (sizeOfShape(shape) > MOST_NUMBERS) return `step ${index} makes a tensor of more than ${MOST_NUMBERS} numbers`;
      numbers += sizeOfShape(shape);
    }
    known += step.outputs.length;
  }
  if (numbers > MOST_NUMBERS_IN_ALL) return `it makes more than ${MOST_NUMBERS_IN_ALL} numbers`;
  const forward = backward ? idsBefore({ inputs, steps }, backward.from) : known;
  if (outputs.some((one) => one >= forward) || backward?.gradients.some((one) => one >= known))
    return 'it answers what is not there';
  return null;
}

/** Whether a recording that makes sense is of what was asked for. @returns what does not fit, or null */
export function checkAnswer(fn: RecordedFunction, ask: RecordAsk): string | null {
  const { inputs, outputs, gradients } = expected(ask);
  const made = [...fn.inputs, ...fn.steps.flatMap((step) => ('constant' in step ? [step.constant] : step.outputs))];
  const typesOf = (ids: readonly number[]): string => JSON.stringify(ids.map((id) => inOrder(made[id]!)));
  const wanted = (types: readonly TensorType[]): string => JSON.stringify(types.map(inOrder));
  if (JSON.stringify(fn.inputs.map(inOrder)) !== wanted(inputs)) return 'it takes other tensors than it was asked for';
  if (typesOf(fn.outputs) !== wanted(outputs)) return 'it makes other tensors than it was asked for';
  if ((fn.backward === null) !== (gradients === null)) return 'it has a gradient where it should have none, or none';
  if (fn.backward && gradients && typesOf(fn.backward.gradients) !== wanted(gradients))
    return 'its gradients have other shapes than what they are for';
  return null;
}

const inOrder = ({ shape, dtype }: TensorType): TensorType => ({ shape, dtype });

interface Expected {
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  readonly gradients: readonly TensorType[] | null;
}

function expected(ask: RecordAsk): Expected {
  const scalar: TensorType = { shape: [], dtype: 'float32' };
  if (ask.of === 'metric') return { inputs: [ask.labels, ask.predictions], outputs: [scalar], gradients: null };
  if (ask.of === 'loss') {
    const { labels, predictions } = ask;
    return { inputs: [labels, predictions, scalar], outputs: [scalar], gradients: [predictions] };
  }
  if (ask.of === 'layer') {
    const inputs = Object.values(ask.inputs);
    return { inputs: [...inputs, ask.output], outputs: [ask.output], gradients: inputs };
  }
  const own: TensorType = { shape: [...ask.shape], dtype: 'float32' };
  const kept = ask.slots.map(() => own);
  return { inputs: [own, own, ...kept, scalar, scalar], outputs: [own, ...kept], gradients: null };
}

/** How many tensors there are before the step of this index. */
export const idsBefore = ({ inputs, steps }: Pick<RecordedFunction, 'inputs' | 'steps'>, index: number): number =>
  steps.slice(0, index).reduce((sum, step) => sum + ('constant' in step ? 1 : step.outputs.length), inputs.length);
