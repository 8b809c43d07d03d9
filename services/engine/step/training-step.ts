/** One training step as nodes: gather the batch, run the model forward and back, update the parameters. */
import { type TrainSpec, updateDefinition } from '@anneal/schemas';
import type { NamedTensorMap } from '@tensorflow/tfjs';
import { graphArithmetic } from '../graph/arithmetic.ts';
import { after, type NodeList, type Output } from '../graph/node-list.ts';
import { type BuiltModel, type Weight, withLayerScopes } from '../model/build.ts';
import { DataType, scoped, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import { Trace } from '../trace/trace.ts';
import { type DataLayout, gatherInputs, gatherLabels, zeroBatch } from './batch.ts';
import { fusedUpdates } from './fused-updates.ts';
import { batchLoss } from './loss.ts';

export interface StepInputs {
  /** Row indices, int32 [batch]. */
  readonly rows: Output;
  /** Learning rate, float scalar. */
  readonly rate: Output;
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
}

export interface StepOptions {
  readonly spec: Pick<TrainSpec, 'loss' | 'regularization' | 'update' | 'seed'>;
  readonly built: BuiltModel;
  readonly data: DataLayout;
  readonly batch: number;
  /** Fused kernels on (graph) or off (XLA fuses itself). */
  readonly fused: boolean;
}

export function emitTrainingStep(list: NodeList, inputs: StepInputs, options: StepOptions): StepOutputs {
  const { spec, built, data, batch, fused } = options;
  const reads = new Map(built.weights.map((weight) => [weight.name, list.read(weight.name, DataType.float32)]));
  const trace = new Trace(list, !fused);
  const gathered = { x: gatherInputs(list, data, inputs.rows), y: gatherLabels(list, data, inputs.rows) };
  const traced = scoped(() => traceStep(trace, { ...inputs, ...gathered, reads }, spec, built, data, batch));
  trace.end();
  const updates = [
    ...traced.assigned.map(({ weight, value }) =>
      list.assign(weight.name, value, DataType.float32, after(traced.loss)),
    ),
    ...emitUpdates(list, inputs, traced.gradients, reads, spec, fused),
  ];
  const trail = [
    ...built.weights.map(({ name }) => ({ name: `weights ${name}`, output: reads.get(name)! })),
    ...trace.floats.map((output) => ({ name: output, output })),
    ...traced.gradients.map(({ weight, gradient }) => ({ name: `gradient of ${weight.name}`, output: gradient })),
  ];
  return { loss: traced.loss, dataLoss: traced.dataLoss, updates, trail };
}

interface Traced {
  readonly loss: Output;
  readonly dataLoss: Output;
  readonly gradients: readonly { weight: Weight; gradient: Output }[];
  /** Weights that the model itself assigned: moving averages of batch normalisation. */
  readonly assigned: readonly { weight: Weight; value: Output }[];
}

function traceStep(
  trace: Trace,
  nodes: StepInputs & { x: Output; y: Output; reads: ReadonlyMap<string, Output> },
  spec: StepOptions['spec'],
  built: BuiltModel,
  data: DataLayout,
  batch: number,
): Traced {
  const { inputs, labels } = zeroBatch(data, batch);
  const step = tf.scalar(0, 'int32');
  trace.bind(inputs, nodes.x);
  trace.bind(labels, nodes.y);
  trace.bind(step, nodes.step);
  for (const { name, variable } of built.weights) trace.bind(variable, nodes.reads.get(name)!);
  const before = new Map(
    built.weights.map((weight) => [
      weight.name,
      { id: trace.identity(weight.variable), copy: weight.variable.clone() },
    ]),
  );
  const trainable = built.weights.filter((weight) => weight.trainable);
  const refs = trace.record(() =>
    withStatelessRandom(spec.seed, step, () =>
      withLayerScopes(
        built,
        (name, code) => trace.list.within(name, code as () => unknown),
        () => {
          let dataLoss = '';
          const { value, grads } = tf.variableGrads(
            () => {
              const losses = batchLoss(spec, built, inputs, labels);
              dataLoss = trace.ref(losses.data);
              return losses.total;
            },
            trainable.map((weight) => weight.variable),
          );
          return { loss: trace.ref(value), dataLoss, gradients: gradientRefs(trace, trainable, grads) };
        },
      ),
    ),
  );
  const assigned = built.weights
    .filter((weight) => trace.identity(weight.variable) !== before.get(weight.name)!.id)
    .map((weight) => ({ weight, value: trace.ref(weight.variable) }));
  for (const { weight } of assigned) weight.variable.assign(before.get(weight.name)!.copy);
  return { ...refs, assigned };
}

const gradientRefs = (trace: Trace, trainable: readonly Weight[], grads: NamedTensorMap) =>
  trainable.map((weight) => ({ weight, gradient: trace.ref(grads[weight.variable.name]!) }));

function emitUpdates(
  list: NodeList,
  inputs: StepInputs,
  gradients: Traced['gradients'],
  reads: ReadonlyMap<string, Output>,
  spec: StepOptions['spec'],
  fused: boolean,
): Output[] {
  const step = list.node('Cast', [inputs.step], { SrcT: { type: DataType.int32 }, DstT: { type: DataType.float32 } });
  const kernel = fused ? fusedUpdates[spec.update.rule] : undefined;
  if (kernel) {
    const updateOne = kernel({ list, rate: inputs.rate, step }, spec.update as never);
    return gradients.map(({ weight, gradient }) => updateOne(weight.name, gradient));
  }
  const ops = graphArithmetic(list);
  const rule = updateDefinition(spec.update.rule);
  return gradients.flatMap(({ weight, gradient }) => {
    const slots = Object.fromEntries(
      rule.slots.map((slot) => [slot, list.read(`${weight.name}/${slot}`, DataType.float32)]),
    );
    const w = reads.get(weight.name)!;
    const next = rule.apply(ops, { w, g: gradient, slots, rate: inputs.rate, step }, spec.update as never);
    return [
      list.assign(weight.name, next.w, DataType.float32),
      ...Object.entries(next.slots).map(([slot, value]) =>
        list.assign(`${weight.name}/${slot}`, value, DataType.float32),
      ),
    ];
  });
}
