/** One training step as nodes: gather the batches, run the model forward and back on each, update the parameters once. */
import type { TrainSpec } from '@anneal/schemas';
import { graphArithmetic } from '../graph/arithmetic.ts';
import { after, type NodeList, type Output } from '../graph/node-list.ts';
import { type BuiltModel, firstMemberLayers } from '../model/build.ts';
import type { Observable } from '../observe/trace-observation.ts';
import { DataType } from '../tensorflow.ts';
import { type DataLayout, gatherInputs, gatherLabels } from './batch.ts';
import { emitUpdates, type UpdateSpec } from './emit-updates.ts';
import { batchSeed, splitBatch } from './split-batch.ts';
import { type TracedBatch, traceGradients } from './trace-gradients.ts';

export interface StepInputs {
  /** Row indices, int32 [batch]. */
  readonly rows: Output;
  /** Learning rate, float scalar. */
  readonly rate: Output;
  /** Momentum, float scalar, where a schedule sets it. */
  readonly momentum?: Output | undefined;
  /** t = 1, 2 …, int32 scalar. */
  readonly step: Output;
}

export interface StepOutputs {
  readonly loss: Output;
  readonly dataLoss: Output;
  /** Nodes that write weights and slots: control inputs of whatever has to come after the step. */
  readonly updates: readonly Output[];
  /** Float values in the order they are computed, weights first: `name` is for people. */
  readonly trail: readonly { readonly name: string; readonly output: Output }[];
  /** What can be measured; of the layers' outputs those of the first batch. Makes nodes. */
  readonly observable: () => Observable;
}

/** What of a spec decides the step. */
export type StepSpec = UpdateSpec &
  Pick<
    TrainSpec,
    'loss' | 'regularization' | 'augmentation' | 'seed' | 'batchSize' | 'accumulate' | 'momentumSchedule'
  >;

export interface StepOptions {
  readonly spec: StepSpec;
  readonly built: BuiltModel;
  readonly data: DataLayout;
  /** Examples in the step. */
  readonly batch: number;
  /** Fused kernels on (graph) or off (XLA fuses itself). */
  readonly fused: boolean;
}

export function emitTrainingStep(list: NodeList, inputs: StepInputs, options: StepOptions): StepOutputs {
  const { spec, built, fused } = options;
  const reads = new Map(built.weights.map((weight) => [weight.name, list.read(weight.name, DataType.float32)]));
  const parts = traceParts(list, inputs, reads, options);
  const { loss, dataLoss, gradients, assigned } = averageParts(list, parts, options.batch);
  const step = list.node('Cast', [inputs.step], { SrcT: { type: DataType.int32 }, DstT: { type: DataType.float32 } });
  const scalars = { rate: inputs.rate, momentum: inputs.momentum, step };
  const { nodes: updates, after: updated } = emitUpdates({
    list,
    spec,
    scalars,
    gradients,
    assigned,
    reads,
    fused,
    first: [loss],
  });
  const trail = [
    ...built.weights.map(({ name }) => ({ name: `weights ${name}`, output: reads.get(name)! })),
    ...parts.flatMap((part) => part.floats.map((output) => ({ name: output, output }))),
    ...gradients.map(({ weight, gradient }) => ({ name: `gradient of ${weight.name}`, output: gradient })),
  ];
  const observable = (): Observable => ({
    weights: gradients
      .filter(({ weight }) => weight.member === 0)
      .map(({ weight: { name, shape }, gradient }) => ({
        before: { output: reads.get(name)!, shape },
        gradient: { output: gradient, shape },
        after: { output: updated(name), shape },
      })),
    activations: firstMemberLayers(built).map(({ name }) => parts[0]!.activations.get(name)!),
  });
  return { loss, dataLoss, updates, trail, observable };
}

type Part = TracedBatch & { readonly size: number };

/** The batches of the step, one after the other: each waits for the gradients of the one before, so that memory holds one. */
function traceParts(
  list: NodeList,
  inputs: StepInputs,
  reads: ReadonlyMap<string, Output>,
  { spec, built, data, batch, fused }: StepOptions,
): Part[] {
  const sizes = splitBatch(batch, spec.batchSize);
  const parts: Part[] = [];
  let weights = reads;
  let from = 0;
  for (const [index, size] of sizes.entries()) {
    const before = parts.at(-1);
    const waits = before ? before.gradients.map(({ gradient }) => after(gradient)) : [];
    const rows = sizes.length === 1 ? inputs.rows : slice(list, inputs.rows, from, size, waits);
    const nodes = {
      inputs: gatherInputs(list, data, rows),
      labels: gatherLabels(list, data, rows),
      step: inputs.step,
      weights,
    };
    const options = { spec, built, data, batch: size, seed: batchSeed(spec.seed, index), fused };
    const part = traceGradients(list, nodes, options);
    parts.push({ ...part, size });
    weights = new Map([...weights, ...part.assigned.map(({ weight, value }) => [weight.name, value] as const)]);
    from += size;
  }
  return parts;
}

function slice(list: NodeList, rows: Output, from: number, size: number, waits: readonly string[]): Output {
  return list.node('Slice', [rows, list.integers([from]), list.integers([size]), ...waits], {
    T: { type: DataType.int32 },
    Index: { type: DataType.int32 },
  });
}

/** Means over all examples of the step. */
function averageParts(
  list: NodeList,
  parts: readonly Part[],
  batch: number,
): Omit<TracedBatch, 'objective' | 'floats' | 'activations'> {
  const [only] = parts;
  if (parts.length === 1) return only!;
  const ops = graphArithmetic(list);
  const mean = (pick: (part: Part) => Output): Output =>
    parts.map((part) => ops.mul(ops.scalar(part.size / batch), pick(part))).reduce((a, b) => ops.add(a, b));
  return {
    loss: mean((part) => part.loss),
    dataLoss: mean((part) => part.dataLoss),
    gradients: only!.gradients.map(({ weight }, i) => ({
      weight,
      gradient: mean((part) => part.gradients[i]!.gradient),
    })),
    assigned: parts.at(-1)!.assigned,
  };
}
