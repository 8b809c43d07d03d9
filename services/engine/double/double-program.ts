/**
 * Loss and gradient of a few examples in double precision, by the very graph that trains: traced as for a step, retyped, loaded. The weights are fed
 * as one vector; TF.js has no doubles, so they cross the binding as pairs of int32 (Bitcast), bit for bit.
 */
import type { TrainSpec } from '@anneal/schemas';
import type { LoadedData } from '../data/load.ts';
import type { BuiltModel, Weight } from '../model/build.ts';
import { loadGraph, type Program } from '../program.ts';
import { dataLayout } from '../step/batch.ts';
import { traceGradients } from '../step/trace-gradients.ts';
import { DataType } from '../tensorflow.ts';
import { winners } from './kinks.ts';
import { OpenGraph, retyped } from './retype.ts';

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

const sizeOf = ({ shape }: Weight): number => shape.reduce((a, b) => a * b, 1);

/** @throws NoDoubles, HostRead */
export function doubleLoss(spec: DoubleSpec, built: BuiltModel, data: LoadedData, rows: Int32Array): DoubleLoss {
  const graph = new OpenGraph();
  const weights = built.weights.filter(({ trainable }) => trainable);
  const width = weights.reduce((sum, weight) => sum + sizeOf(weight), 0);
  const values = parameterNodes(graph, built, weights);
  const traced = traceGradients(
    graph,
    { ...exampleNodes(graph, data, rows), step: graph.integer(1), weights: values },
    { spec, built, data: dataLayout(data), batch: rows.length, seed: spec.seed, fused: false },
  );
  const flat = traced.gradients.map(({ gradient }) => reshape(graph, gradient, [-1]));
  const gradient =
    flat.length === 1
      ? flat[0]!
      : graph.node('ConcatV2', [...flat, graph.integer(0)], {
          N: { int: flat.length },
          T: { type: DataType.float32 },
          Tidx: { type: DataType.int32 },
        });
  // The step differentiates the sum over the members of an ensemble, and reports their mean.
  const members = built.ensemble?.members ?? 1;
  const total = graph.node('Mul', [traced.loss, graph.scalar(members)], { T: { type: DataType.float32 } });
  const doubles = retyped(graph);
  doubles.placeholder('bits', DataType.int32, [width, 2]);
  const bitcast = { T: { type: DataType.int32 }, type: { type: DataType.float64 } };
  doubles.node('Bitcast', ['bits'], bitcast, 'x');
  const back = { T: { type: DataType.float64 }, type: { type: DataType.int32 } };
  doubles.node('Bitcast', [total], back, 'loss-bits');
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
  const start = new Float64Array(width);
  let at = 0;
  for (const weight of weights) {
    start.set(weight.initial, at);
    at += sizeOf(weight);
  }
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

const reshape = (graph: OpenGraph, output: string, shape: readonly number[]): string =>
  graph.node('Reshape', [output, graph.integers(shape)], {
    T: { type: DataType.float32 },
    Tshape: { type: DataType.int32 },
  });

/** The value of every weight: slices of `x` for the trained ones, constants for the others. `x` itself is made when the graph has been retyped. */
function parameterNodes(graph: OpenGraph, built: BuiltModel, trained: readonly Weight[]): Map<string, string> {
  const values = new Map<string, string>();
  let at = 0;
  for (const weight of trained) {
    const slice = graph.node('Slice', ['x', graph.integers([at]), graph.integers([sizeOf(weight)])], {
      T: { type: DataType.float32 },
      Index: { type: DataType.int32 },
    });
    values.set(weight.name, reshape(graph, slice, weight.shape));
    at += sizeOf(weight);
  }
  for (const { name, shape, initial } of built.weights)
    if (!values.has(name)) values.set(name, graph.constant(DataType.float32, shape, initial, name));
  return values;
}

/** The examples as constants, scaled. */
function exampleNodes(graph: OpenGraph, { inputs, labels, scale }: LoadedData, rows: Int32Array) {
  const shape = inputs.shape.slice(1);
  const size = shape.reduce((a, b) => a * b, 1);
  const x = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) x[i * size + j] = inputs.values[row * size + j]! * scale.multiply + scale.add;
  });
  const width = labels.kind === 'class' ? 1 : labels.shape.reduce((a, b) => a * b, 1);
  const taken = [...rows].flatMap((row) => [...labels.values.subarray(row * width, (row + 1) * width)]);
  return {
    inputs: graph.constant(DataType.float32, [rows.length, ...shape], x, 'inputs'),
    labels:
      labels.kind === 'class'
        ? graph.constant(DataType.int32, [rows.length], Int32Array.from(taken), 'labels')
        : graph.constant(DataType.float32, [rows.length, ...labels.shape], Float32Array.from(taken), 'labels'),
  };
}
