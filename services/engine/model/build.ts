/** The TF.js model of a spec, with seeded initial weights, and the names of its weights. */
import {
  type Constraint,
  INPUT,
  type InferredLayer,
  type Layer,
  layerDefinition,
  type Shape,
  type TrainSpec,
} from '@anneal/schemas';
import type { LayersModel, SymbolicTensor, Tensor, layers as tfLayers, Variable } from '@tensorflow/tfjs';
import { mix } from '../data/permutation.ts';
import { ownLayer } from '../own-code/own-layer.ts';
import { tf } from '../tensorflow.ts';
import { takeOverNormalization } from './batch-normalization.ts';
import { takeOverTree } from './class-tree.ts';
import { memberLayers, memberSeed } from './member.ts';
import { takeOverRecurrence } from './recurrence/index.ts';

export interface Weight {
  /** As in `dense_3/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Which member of an ensemble it belongs to; 0 without one. */
  readonly member: number;
  /** Whether L1, L2 and weight decay apply: kernels, but not biases and not batch normalisation. */
  readonly regularized: boolean;
  /** In the place of the spec's own strengths. */
  readonly ownRegularization: { readonly l1: number; readonly l2: number } | null;
  readonly constraint: Constraint | null;
  /** Multiplies the learning rate. */
  readonly rateMultiplier: number;
  /** The TF.js variable that the model computes with. */
  readonly variable: Variable;
  /** Its values before any training. */
  readonly initial: Float32Array;
}

export interface BuiltModel {
  /** One output, or one a member. */
  readonly model: LayersModel;
  readonly weights: readonly Weight[];
  readonly layers: readonly InferredLayer[];
  /** Null for one model alone. */
  readonly ensemble: TrainSpec['ensemble'] | null;
  dispose(): void;
}

/** Layers that are models of several: a sequence that begins with one would take its parts in its place, and never call it. */
const MODELS: readonly string[] = ['maxout', 'hierarchical-softmax'];

export function buildModel(layers: readonly InferredLayer[], seed: number): BuiltModel {
  const sequence = layers.every(({ layer }) => layer.inputs === undefined) && !MODELS.includes(layers[0]!.layer.type);
  const model = sequence ? buildSequence(layers, seed) : buildGraph([layers], () => seed);
  return built(model, layers, null);
}

/** The model of a spec: one, or the members of its ensemble side by side. */
export function buildNet(
  layers: readonly InferredLayer[],
  { seed, ensemble }: Pick<TrainSpec, 'seed' | 'ensemble'>,
): BuiltModel {
  if (!ensemble) return buildModel(layers, seed);
  const members = Array.from({ length: ensemble.members }, (_member, index) => memberLayers(layers, index));
  return built(
    buildGraph(members, (index) => memberSeed(seed, index)),
    members.flat(),
    ensemble,
  );
}

function built(model: LayersModel, layers: readonly InferredLayer[], ensemble: BuiltModel['ensemble']): BuiltModel {
  const trainable = new Set(model.trainableWeights.map((weight) => weight.id));
  const perMember = layers.length / (ensemble?.members ?? 1);
  const weights = layers.flatMap(({ name, layer }, index) =>
    namedWeights(model.getLayer(name)).map(({ part, weight, variable }) => ({
      name: `${name}/${part}`,
      shape: weight.shape as number[],
      trainable: trainable.has(weight.id),
      member: Math.floor(index / perMember),
      ...traitsOf(layer, part),
      variable,
      initial: (variable.dataSync() as Float32Array).slice(),
    })),
  );
  return { model, weights, layers, ensemble, dispose: () => void model.dispose() };
}

function buildSequence(layers: readonly InferredLayer[], seed: number): LayersModel {
  const model = tf.sequential();
  layers.forEach((inferred, index) => {
    model.add(buildLayer(inferred, index, seed, index === 0));
  });
  return model;
}

/** Nets side by side on one input, with an output each. */
function buildGraph(nets: readonly (readonly InferredLayer[])[], seedOf: (net: number) => number): LayersModel {
  const shape = nets[0]!.find(({ inputs }) => inputs[0] === INPUT)!.input;
  const input = tf.input({ shape: [...shape], name: INPUT });
  const outputs = new Map<string, SymbolicTensor>([[INPUT, input]]);
  nets.forEach((layers, net) => {
    layers.forEach((inferred, index) => {
      const given = inferred.inputs.map((name) => outputs.get(name)!);
      const layer = buildLayer(inferred, index, seedOf(net), false);
      outputs.set(inferred.name, layer.apply(given.length === 1 ? given[0]! : given) as SymbolicTensor);
    });
  });
  return tf.model({ inputs: input, outputs: nets.map((layers) => outputs.get(layers.at(-1)!.name)!) });
}

/** The layers of the first member: those that are observed. */
export const firstMemberLayers = ({ layers, ensemble }: BuiltModel): readonly InferredLayer[] =>
  layers.slice(0, layers.length / (ensemble?.members ?? 1));

/** What the model answers, one tensor a member. */
export const outputsOf = ({ model }: BuiltModel, inputs: Tensor, training: boolean): Tensor[] =>
  [model.apply(inputs, { training }) as Tensor | Tensor[]].flat();

function buildLayer(inferred: InferredLayer, index: number, seed: number, first: boolean): tfLayers.Layer {
  const { name, layer, input } = inferred;
  const made = layerDefinition(layer.type).build(tf.layers, layer as never, {
    seed: mix(seed, index) >>> 1,
    input,
    base: { name, ...(first && { inputShape: [...input] }) },
    chain: (parts) => chain(name, input, parts),
    nested: (make) => nested(name, input, make),
    own: (options, base, own) => ownLayer(options, base, own),
  });
  takeOverRecurrence(made);
  takeOverNormalization(made);
  if (layer.type === 'hierarchical-softmax') takeOverTree(made, name, layer.units);
  if (layer.frozen) freeze(made, layer);
  return made;
}

function chain(name: string, input: Shape, parts: readonly tfLayers.Layer[]): tfLayers.Layer {
  const model = tf.sequential({ name });
  model.add(tf.layers.inputLayer({ inputShape: [...input], name: `${name}_input` }));
  for (const part of parts) model.add(part);
  return model;
}

function nested(name: string, input: Shape, make: (input: SymbolicTensor) => SymbolicTensor): tfLayers.Layer {
  const inputs = tf.input({ shape: [...input], name: `${name}_input` });
  return tf.model({ name, inputs, outputs: make(inputs) });
}

/** A frozen batch normalisation uses its moving averages while training too. */
function freeze(made: tfLayers.Layer, layer: Layer): void {
  made.trainable = false;
  if (layer.type !== 'batch-normalization') return;
  const call = made.call.bind(made);
  made.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: false });
}

/** The weights of a layer by their part of the name; the second of two of one name, as in a bidirectional layer, gets a number. */
export function namedWeights(layer: tfLayers.Layer) {
  const taken = new Map<string, number>();
  return layer.weights.map((weight) => {
    const base = weight.originalName.split('/').at(-1)!;
    const count = taken.get(base) ?? 0;
    taken.set(base, count + 1);
    const { val: variable } = weight as unknown as { val: Variable };
    return { part: count === 0 ? base : `${base}_${count}`, weight, variable };
  });
}

function traitsOf(layer: Layer, part: string) {
  const regularized = /kernel(_\d+)?$/.test(part);
  return {
    regularized,
    ownRegularization: (regularized && 'regularization' in layer && layer.regularization) || null,
    constraint: (regularized && 'constraint' in layer && layer.constraint) || null,
    rateMultiplier: layer.rateMultiplier,
  };
}

/** Runs every layer's computation within `within`, for the length of `code`. */
export const withLayerScopes = <T>(
  built: BuiltModel,
  within: (name: string, code: () => Tensor) => Tensor,
  code: () => T,
): T =>
  withCalls(
    built.layers.map(({ name }) => built.model.getLayer(name)),
    // A layer that passes its input on may answer with the list that it was given.
    (layer, call) => (inputs, kwargs) => within(layer.name, () => [call(inputs, kwargs)].flat()[0]!),
    code,
  );

const NOISY: readonly string[] = [
  'dropout',
  'spatial-dropout1d',
  'gaussian-dropout',
  'alpha-dropout',
  'gaussian-noise',
];

/** Has layers of dropout and noise pass their inputs on while training too, for the length of `code`. */
export const withoutNoise = <T>({ model, layers }: BuiltModel, code: () => T): T =>
  withCalls(
    layers.flatMap(({ name, layer }) => (NOISY.includes(layer.type) ? [model.getLayer(name)] : [])),
    (_layer, call) => (inputs, kwargs) => call(inputs, { ...kwargs, training: false }),
    code,
  );

type Call = tfLayers.Layer['call'];

function withCalls<T>(
  layers: readonly tfLayers.Layer[],
  changed: (layer: tfLayers.Layer, call: Call) => Call,
  code: () => T,
): T {
  const own = layers.map((layer) => Object.getOwnPropertyDescriptor(layer, 'call'));
  for (const layer of layers) layer.call = changed(layer, layer.call.bind(layer));
  try {
    return code();
  } finally {
    layers.forEach((layer, i) => {
      if (own[i]) Object.defineProperty(layer, 'call', own[i]);
      else delete (layer as { call?: unknown }).call;
    });
  }
}
