/** A small classification task in memory: blobs around random centres, for tests of the engine. */
import type { LoadedData } from '@anneal/engine';
import { batchOrder, buildNet, type DataSet, type StepOrder } from '@anneal/engine';
import { inferModel, parse, type TrainSpec, type TrainSpecInput, trainSpec } from '@anneal/schemas';
import { permutation, random } from '../../services/engine/data/permutation.ts';
import type { Task } from '../../services/engine/plan/task.ts';

export interface BlobOptions {
  readonly rows: number;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly bytes?: boolean;
}

export function blobs({ rows, shape, classes, bytes = false }: BlobOptions): LoadedData {
  const next = random(7);
  const uniform = () => next() / 2 ** 32;
  const width = shape.reduce((a, b) => a * b, 1);
  const centres = Float32Array.from({ length: classes * width }, uniform);
  const labels = Int32Array.from({ length: rows }, () => Math.floor(uniform() * classes));
  const pixel = (row: number, j: number) => 0.6 * centres[labels[row]! * width + j]! + 0.4 * uniform();
  const values = Float32Array.from({ length: rows * width }, (_value, i) => pixel(Math.floor(i / width), i % width));
  const order = permutation(rows, 1);
  const tenth = Math.floor(rows / 10);
  return {
    inputs: bytes
      ? { dtype: 'uint8', shape: [rows, ...shape], values: Uint8Array.from(values, (x) => Math.round(x * 255)) }
      : { dtype: 'float32', shape: [rows, ...shape], values },
    labels: { kind: 'class', classes, values: labels },
    splits: {
      training: order.slice(2 * tenth),
      validation: order.slice(0, tenth),
      test: order.slice(tenth, 2 * tenth),
    },
    scale: bytes ? { multiply: 1 / 255, add: 0 } : { multiply: 1, add: 0 },
    source: 'made by the test',
  };
}

export const dense = (units: number, activation: 'relu' | 'linear' | 'tanh' | 'sigmoid' | 'softmax' = 'linear') => ({
  type: 'dense' as const,
  units,
  activation,
});

/** A spec over blobs; `data` in it is not read. */
export function smallSpec(overrides: Partial<TrainSpecInput> = {}): TrainSpec {
  return parse(trainSpec, {
    kind: 'train',
    data: { type: 'fashion-mnist' },
    model: { layers: [dense(16, 'relu'), dense(4)] },
    loss: { type: 'softmax-cross-entropy' },
    update: { rule: 'momentum' },
    schedule: { type: 'constant', rate: 0.05 },
    batchSize: 32,
    budget: { epochs: 2 },
    ...overrides,
  });
}

export function smallTask(spec: TrainSpec, data: DataSet): { task: Task; order: StepOrder } {
  const layers = inferModel(spec.model, data.inputs.shape.slice(1));
  const { order, batches } = batchOrder(spec, data);
  return { task: { spec, built: buildNet(layers, spec), data, batches }, order };
}
