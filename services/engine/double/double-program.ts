/**
 * Loss and gradient of a few examples in double precision, by the very graph that trains: traced as for a step, retyped, loaded. The weights are fed
 * as one vector; TF.js has no doubles, so they cross the binding as pairs of int32 (Bitcast), bit for bit.
 */
import type { TrainSpec } from '@anneal/schemas';
import type { DataSet } from '../data/data-set.ts';
import { labelShape, takeInputs, takeLabels } from '../data/take-rows.ts';
import { concatenated } from '../graph/concatenate.ts';
import { Graph } from '../graph/graph.ts';
import type { BuiltModel, Weight } from '../model/build.ts';
import { pack, sizeOf, widthOf } from '../model/packing.ts';
import { loadGraph, type Program } from '../program.ts';
import { dataLayout } from '../step/batch.ts';
import { traceGradients } from '../step/trace-gradients.ts';
import { DataType } from '../tensorflow.ts';
import { winners } from './kinks.ts';
import { retyped } from './retype.ts';

export interface DoubleLoss {
  /** The trained weights, one after the other. */
  readonly weights: readonly Weight[];
  readonly start: Float64Array;
  loss(x: Float64Array): number;
  /** The loss, and which piece of the loss x lies on. */
  probe(x: Float64Array): { readonly loss: number; readonly winners: Int32Array | null };
  gradient(x: Float64Array): Float64Array;
  dispose(): void;
}

export type DoubleSpec = Pick<TrainSpec, 'loss' | 'regularization' | 'augmentation' | 'seed'>;

/** @throws NoDoubles, HostRead */
export function doubleLoss(spec: DoubleSpec, built: BuiltModel, data: DataSet, rows: Int32Array): DoubleLoss {
  const graph = new Graph();
  const weights = built.weights.filter(({ trainable }) => trainable);
  const width = widthOf(weights);
  const values = parameterNodes(graph, built, weights);
  const traced = traceGradients(
    graph,
    { ...exampleNodes(graph, data, rows), step: graph.integer(1), weights: values },
    { spec, built, data: dataLayout(data), batch: rows.length, seed: spec.seed, fused: false },
  );
  const gradients = traced.gradients.map(({ gradient }) => gradient);
  const gradient = concatenated(graph, gradients, DataType.float32);
  const doubles = retyped(graph);
  doubles.placeholder('bits', DataType.int32, [width, 2]);
  const bitcast = { T: { type: DataType.int32 }, type: { type: DataType.float64 } };
  doubles.node('Bitcast', ['bits'], bitcast, 'x');
  const back = { T: { type: DataType.float64 }, type: { type: DataType.int32 } };
  doubles.node('Bitcast', [traced.objective], back, 'loss-bits');
  doubles.node('Bitcast', [gradient], back, 'gradient-bits');
  const kinks = doubles.within('kinks', () => winners(doubles, 'winners')) !== null;
  return open(loadGraph(doubles), weights, width, kinks);
}

function open(program: Program, weights: readonly Weight[], width: number, kinks: boolean): DoubleLoss {
  const run = (x: Float64Array, fetches: readonly string[]) => {
    const bits = new Int32Array(x.buffer, x.byteOffset, 2 * width);
    return program.run(
      [{ name: 'bits', type: DataType.int32, shape: [width, 2], values: bits }],
      fetches,
    ) as Int32Array[];
  };
  const doubles = (bits: Int32Array): Float64Array => new Float64Array(bits.slice().buffer);
  const initial = new Map(weights.map((weight) => [weight.name, weight.initial]));
  const start = Float64Array.from(pack(initial, weights, (name) => name));
  return {
    weights,
    start,
    loss: (x) => doubles(run(x, ['loss-bits'])[0]!)[0]!,
    probe(x) {
      const [loss, own] = run(x, kinks ? ['loss-bits', 'kinks/winners'] : ['loss-bits']);
      return { loss: doubles(loss!)[0]!, winners: own ?? null };
    },
    gradient: (x) => doubles(run(x, ['gradient-bits'])[0]!),
    dispose: () => program.dispose(),
  };
}

/** The value of every weight: slices of `x` for the trained ones, constants for the others. `x` itself is made when the graph has been retyped. */
function parameterNodes(graph: Graph, built: BuiltModel, trained: readonly Weight[]): Map<string, string> {
  const values = new Map<string, string>();
  let at = 0;
  for (const weight of trained) {
    const slice = graph.node('Slice', ['x', graph.integers([at]), graph.integers([sizeOf(weight)])], {
      T: { type: DataType.float32 },
      Index: { type: DataType.int32 },
    });
    const attributes = { T: { type: DataType.float32 }, Tshape: { type: DataType.int32 } };
    values.set(weight.name, graph.node('Reshape', [slice, graph.integers(weight.shape)], attributes));
    at += sizeOf(weight);
  }
  for (const { name, shape, initial } of built.weights)
    if (!values.has(name)) values.set(name, graph.constant(DataType.float32, shape, initial, name));
  return values;
}

/** The examples as constants, scaled. */
function exampleNodes(graph: Graph, data: DataSet, rows: Int32Array) {
  const shape = [rows.length, ...data.inputs.shape.slice(1)];
  const type = data.labels.kind === 'class' ? DataType.int32 : DataType.float32;
  return {
    inputs: graph.constant(DataType.float32, shape, takeInputs(data, rows), 'inputs'),
    labels: graph.constant(type, labelShape(data, rows.length), takeLabels(data, rows), 'labels'),
  };
}
