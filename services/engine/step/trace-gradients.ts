/** The model, its loss and its gradients on one batch, traced as nodes. */
import type { TrainSpec } from '@anneal/schemas';
import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs';
import { augment } from '../augment/augment.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { type BuiltModel, type Weight, withLayerScopes } from '../model/build.ts';
import type { Shaped } from '../observe/trace-observation.ts';
import { scoped, tf } from '../tensorflow.ts';
import { withStatelessRandom } from '../trace/random.ts';
import { Trace } from '../trace/trace.ts';
import { type DataLayout, zeroBatch } from './batch.ts';
import { batchLoss } from './loss.ts';

export interface BatchNodes {
  /** The batch itself. */
  readonly inputs: Output;
  readonly labels: Output;
  /** t = 1, 2 …, int32 scalar: with the seed it decides what is drawn. */
  readonly step: Output;
  /** The value of every weight, by name. */
  readonly weights: ReadonlyMap<string, Output>;
}

export interface TraceOptions {
  readonly spec: Pick<TrainSpec, 'loss' | 'regularization' | 'augmentation'>;
  readonly built: BuiltModel;
  readonly data: DataLayout;
  /** Examples in the batch. */
  readonly batch: number;
  readonly seed: number;
  /** Fused kernels on (graph) or off (XLA fuses itself). */
  readonly fused: boolean;
}

export interface TracedBatch {
  /** What is differentiated: the sum of the losses of the members of an ensemble. */
  readonly objective: Output;
  /** Mean over the members. */
  readonly loss: Output;
  readonly dataLoss: Output;
  readonly gradients: readonly { readonly weight: Weight; readonly gradient: Output }[];
  /** Weights that the model itself assigned: moving averages of batch normalisation. */
  readonly assigned: readonly { readonly weight: Weight; readonly value: Output }[];
  /** Outputs of the layers, by the names of the layers. */
  readonly activations: ReadonlyMap<string, Shaped>;
  /** Float outputs in the order they are computed. */
  readonly floats: readonly Output[];
}

export function traceGradients(list: NodeList, nodes: BatchNodes, options: TraceOptions): TracedBatch {
  const trace = new Trace(list, !options.fused);
  const traced = scoped(() => record(trace, nodes, options));
  trace.end();
  return { ...traced, floats: trace.floats };
}

function record(trace: Trace, nodes: BatchNodes, options: TraceOptions): Omit<TracedBatch, 'floats'> {
  const { spec, built, data, batch, seed } = options;
  const { inputs, labels } = zeroBatch(data, batch);
  const step = tf.scalar(0, 'int32');
  trace.bind(inputs, nodes.inputs);
  trace.bind(labels, nodes.labels);
  trace.bind(step, nodes.step);
  for (const { name, variable } of built.weights) trace.bind(variable, nodes.weights.get(name)!);
  const before = new Map(
    built.weights.map(({ name, variable }) => [name, { id: trace.identity(variable), copy: variable.clone() }]),
  );
  const trainable = built.weights.filter((weight) => weight.trainable);
  const activations = new Map<string, Shaped>();
  const within = (name: string, code: () => Tensor) =>
    trace.list.within(name, () => {
      const output = code();
      activations.set(name, { output: trace.ref(output), shape: output.shape });
      return output;
    });
  const computed = () => {
    const augmented = augment(spec.augmentation, seed, step, inputs, labels);
    let dataLoss = '';
    const { value, grads } = tf.variableGrads(
      () => {
        const losses = batchLoss(spec, built, augmented, labels);
        dataLoss = trace.ref(losses.data);
        return losses.total;
      },
      trainable.map((weight) => weight.variable),
    );
    const members = built.ensemble?.members ?? 1;
    const objective = trace.ref(value);
    const loss = members === 1 ? objective : trace.ref(tf.div(value, members));
    return { objective, loss, dataLoss, gradients: gradientRefs(trace, trainable, grads) };
  };
  const refs = trace.record(() => withStatelessRandom(seed, step, () => withLayerScopes(built, within, computed)));
  const assigned = built.weights
    .filter((weight) => trace.identity(weight.variable) !== before.get(weight.name)!.id)
    .map((weight) => ({ weight, value: trace.ref(weight.variable) }));
  for (const { weight } of assigned) weight.variable.assign(before.get(weight.name)!.copy);
  return { ...refs, assigned, activations };
}

const gradientRefs = (trace: Trace, trainable: readonly Weight[], grads: NamedTensorMap) =>
  trainable.map((weight) => ({ weight, gradient: trace.ref(grads[weight.variable.name]!) }));
