/** Loss and gradient of rows, without an update: a part of the graph for each batch size, and their means over the batches in float64. */
import { type Feed, pieces } from '../feed/feed.ts';
import { concatenated } from '../graph/concatenate.ts';
import { layoutOf, type Task } from '../plan/task.ts';
import type { Program, ProgramBuilder } from '../program.ts';
import { gatherInputs, gatherLabels } from '../step/batch.ts';
import { splitBatch } from '../step/split-batch.ts';
import { traceGradients } from '../step/trace-gradients.ts';
import { DataType } from '../tensorflow.ts';

/** Adds `gradient-<batch>/vector`: the loss, the data loss and the gradient by all trained weights, one after the other. */
export function addGradient(builder: ProgramBuilder, task: Task, batch: number): void {
  const { graph } = builder;
  const { spec, built } = task;
  graph.within(`gradient-${batch}`, () => {
    const rows = graph.placeholder('rows', DataType.int32, [batch]);
    const data = layoutOf(task);
    const nodes = {
      inputs: gatherInputs(graph, data, rows),
      labels: gatherLabels(graph, data, rows),
      step: graph.integer(1),
      weights: new Map(built.weights.map(({ name }) => [name, graph.read(name, DataType.float32)])),
    };
    const traced = traceGradients(graph, nodes, { spec, built, data, batch, seed: spec.seed, fused: true });
    const outputs = [traced.loss, traced.dataLoss, ...traced.gradients.map(({ gradient }) => gradient)];
    const vector = concatenated(graph, outputs, DataType.float32);
    builder.name('vector', vector, DataType.float32);
  });
}

export interface LossAndGradient {
  readonly loss: number;
  readonly dataLoss: number;
  readonly gradient: Float64Array;
}

/** Means over the rows at the weights that the program holds. */
export function batchLossAndGradient(program: Program, feed: Feed, { spec }: Task, rows: Int32Array): LossAndGradient {
  let [loss, dataLoss] = [0, 0];
  let gradient: Float64Array | null = null;
  for (const taken of batches(feed, rows, spec.batchSize)) {
    const size = taken.length;
    const name = `gradient-${size}`;
    const fed = { name: `${name}/rows`, type: DataType.int32, shape: [size], values: taken };
    const [vector] = program.run([fed], [`${name}/vector`]) as [Float32Array];
    const share = size / rows.length;
    loss += share * vector[0]!;
    dataLoss += share * vector[1]!;
    gradient ??= new Float64Array(vector.length - 2);
    for (let i = 0; i < gradient.length; i++) gradient[i]! += share * vector[i + 2]!;
  }
  return { loss, dataLoss, gradient: gradient ?? new Float64Array(0) };
}

/** The places of one batch after the other. */
function* batches(feed: Feed, rows: Int32Array, batchSize: number): Generator<Int32Array> {
  for (const piece of pieces(feed, rows, batchSize)) {
    const places = feed.place(piece);
    let from = 0;
    for (const size of splitBatch(places.length, batchSize)) {
      yield places.subarray(from, from + size);
      from += size;
    }
  }
}
