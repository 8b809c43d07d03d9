/**
 * How much work a run is, known before any of it: floating-point operations, bytes, steps. Pure arithmetic on the inferred shapes.
 *
 * A layer with n multiply-adds takes 2n operations forwards, 2n for the gradient of its weights unless it is frozen, and 2n for that of its
 * input where a layer before it is trained: 3 times the forward pass for most, 2 times for the first. Only matrix products and convolutions
 * are counted, as PyTorch's FlopCounterMode does; what is done element by element is told by the bytes it moves.
 */
import type { Data } from './dataset/index.ts';
import { INPUT, type InferredLayer } from './model.ts';
import { plannedSteps } from './planned-steps.ts';
import { size } from './shape.ts';
import type { SplitSizes } from './split-sizes.ts';
import { stepExamples, stepsPerEpoch as stepsPerEpochOf } from './step-examples.ts';
import type { TrainSpec } from './train-spec.ts';
import { isFullBatch, updateSlots } from './updates/index.ts';
import type { Validated } from './validate.ts';

/** What moves and what is computed, once. */
export interface Work {
  /** Floating-point operations of matrix products and convolutions. */
  readonly flops: number;
  /** Read and written, of float32 numbers. */
  readonly bytes: number;
}

export interface RunWork {
  /** See `runKind`. */
  readonly kind: string;
  readonly data: Data['type'];
  /** Forward, backward and update. */
  readonly step: Work;
  /** Of a step, one after the other, about. */
  readonly kernels: number;
  /** How many times that work a step may do: more than once where a rule searches along a line. */
  readonly mostPasses: number;
  /** Of judging the validation split after an epoch. */
  readonly evaluation: Work;
  readonly stepsPerEpoch: number;
  /** At most; null where only seconds or dollars end the run. */
  readonly steps: number | null;
  /** At least: early stopping may end the run after its patience. */
  readonly leastSteps: number;
  /** Of training and evaluation, at most. */
  readonly seconds: number | null;
}

const FLOAT = 4;
/** Operations of a multiply-add. */
const PAIR = 2;
const RECURRENT: readonly string[] = ['simple-rnn', 'lstm', 'gru', 'bidirectional', 'conv-lstm2d'];
/** Kernels of a layer, forwards and backwards, and of the loss and the update: a rough figure, for what each costs however small it is. */
const KERNELS_PER_LAYER = 10;
const KERNELS_BESIDE = 6;

/** @param sizes of the splits; training is above 0 */
export function runWork({ spec, layers, parameters }: Validated<TrainSpec>, sizes: SplitSizes): RunWork {
  const members = spec.ensemble?.members ?? 1;
  const examples = stepExamples(spec, sizes.training);
  const stepsPerEpoch = stepsPerEpochOf(spec, sizes.training);
  const steps = plannedSteps(spec, stepsPerEpoch);
  const patience = spec.earlyStopping ? (spec.earlyStopping.patience + 1) * stepsPerEpoch : Number.POSITIVE_INFINITY;
  const judged = sizes.validation * (spec.averaging ? 2 : 1) * members;
  const ends = spec.schedule.type === 'range-test' || (isFullBatch(spec.update) && spec.update.rule !== 'sfo');
  const { least, most: search } = passesOf(spec, parameters);
  const seen = least * members * examples;
  return {
    kind: runKind(spec),
    data: spec.data.type,
    step: {
      flops: seen * stepFlops(layers),
      bytes: seen * 4 * activationBytes(layers) + updateBytes(spec, parameters),
    },
    kernels: KERNELS_BESIDE + KERNELS_PER_LAYER * layers.reduce((sum, layer) => sum + repeats(layer), 0),
    mostPasses: search / least,
    evaluation: {
      flops: judged * layers.reduce((sum, { multiplyAdds }) => sum + PAIR * multiplyAdds, 0),
      bytes: judged * 2 * activationBytes(layers),
    },
    stepsPerEpoch,
    steps,
    // A range test ends where it diverges, a full-batch rule where it has converged; SFO doesn't.
    leastSteps: ends ? 1 : Math.min(steps ?? Number.POSITIVE_INFINITY, patience),
    seconds: spec.budget.seconds ?? null,
  };
}

/** Floating-point operations of a training step, forwards and backwards, for one example. */
export function stepFlops(layers: readonly InferredLayer[]): number {
  /** Layers whose output depends on something that is trained. */
  const trained = new Set<string>();
  let sum = 0;
  for (const { name, inputs, layer, parameters, multiplyAdds } of layers) {
    const before = inputs.some((from) => from !== INPUT && trained.has(from));
    const own = parameters > 0 && !layer.frozen;
    if (before || own) trained.add(name);
    // A recurrent layer needs the gradient of its own earlier output in any case.
    const backwards = before || (own && RECURRENT.includes(layer.type));
    sum += PAIR * multiplyAdds * (1 + (own ? 1 : 0) + (backwards ? 1 : 0));
  }
  return sum;
}

/** Names of layers whose work is not known before the run: those of one's own, which count as none. */
export const uncountedLayers = (layers: readonly InferredLayer[]): string[] =>
  layers.filter(({ layer }) => layer.type === 'module').map(({ name }) => name);

/** Of the outputs of all layers, for one example. */
const activationBytes = (layers: readonly InferredLayer[]): number =>
  FLOAT * layers.reduce((sum, { output }) => sum + size(output), 0);

/** Weights are read forwards, backwards and by the rule, gradients written and read, weights and slots written, slots read. */
const updateBytes = ({ update }: TrainSpec, parameters: number): number =>
  FLOAT * parameters * (6 + 2 * updateSlots(update).length);

/** How often a step looks at its examples. */
function passesOf({ update }: TrainSpec, parameters: number): { least: number; most: number } {
  if (!isFullBatch(update)) return { least: 1, most: 1 };
  // Besides the first look: one at the position before, and up to ten while it backs off.
  if (update.rule === 'sfo') return { least: 1, most: 12 };
  // The Hessian takes two gradients a parameter.
  const hessian = update.rule === 'newton' ? 2 * parameters : 0;
  return { least: 1 + hessian, most: update.evaluations + hessian };
}

/** Steps that are done one after the other. */
const repeats = ({ layer, input }: InferredLayer): number => (RECURRENT.includes(layer.type) ? (input[0] ?? 1) : 1);

/** Runs of one kind take their time in the same way: kind of layers, plan asked for, and what else a step does. */
export function runKind({ model, plan, update, augmentation, data }: TrainSpec): string {
  const types = model.layers.map(({ type }) => type);
  const net = types.some((type) => RECURRENT.includes(type))
    ? 'recurrent'
    : types.some((type) => type.includes('conv'))
      ? 'convolutional'
      : 'dense';
  const parts = [
    net,
    plan,
    isFullBatch(update) && 'full-batch',
    augmentation.length > 0 && 'augmented',
    data.streaming === 'always' && 'streamed',
  ];
  return parts.filter((part) => part !== false).join('-');
}
