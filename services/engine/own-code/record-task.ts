/** Has what a task needs of users' modules recorded at once: for the batches that it trains, those that it is judged by, and those that the checks and the export take. */
import {
  type InferredLayer,
  type ModuleLayer,
  moduleOf,
  type OwnMetrics,
  type OwnModule,
  type RecordAsk,
} from '@anneal/schemas';
import { EVALUATION_BATCH, type Task } from '../plan/task.ts';
import { splitBatch } from '../step/split-batch.ts';
import { layerAsk } from './own-layer.ts';
import { judgedAsk, type ModuleLoss, OWN_LOSS_BATCH } from './own-loss.ts';
import { metricAsks } from './own-metric.ts';
import { recordAhead } from './recorder.ts';

/** Examples of the batches that the checks before a run take, and the export. */
const CHECKED = [1, 2, 3, 4];
const CHECKED_OF_LAYERS = [...CHECKED, 5, 20];

/** @throws AnnealError naming the module's line */
export function recordTask(task: Task, metrics: OwnMetrics = {}): void {
  const asks = new Map<string, { readonly module: OwnModule; readonly asks: RecordAsk[] }>();
  for (const { module, asked } of [
    ...ofLoss(task),
    ...ofUpdate(task),
    ...ofLayers(task),
    ...ofMetrics(metrics, task),
  ]) {
    const known = asks.get(module.code) ?? { module, asks: [] };
    known.asks.push(...asked);
    asks.set(module.code, known);
  }
  for (const one of asks.values()) recordAhead(one.module, one.asks);
}

interface Asked {
  readonly module: OwnModule;
  readonly asked: readonly RecordAsk[];
}

const trained = ({ spec, batches }: Task): number[] => batches.flatMap((batch) => splitBatch(batch, spec.batchSize));

const distinct = (sizes: readonly number[]): number[] => [...new Set(sizes)].filter((size) => size > 0);

function ofLoss(task: Task): Asked[] {
  const { spec, built, data } = task;
  const loss = spec.loss as ModuleLoss;
  if (spec.loss.type !== 'module') return [];
  const { validation, test } = data.splits;
  const judged = [validation, test].flatMap(({ length }) => [
    Math.min(length, OWN_LOSS_BATCH),
    length % OWN_LOSS_BATCH,
  ]);
  const output = built.layers.at(-1)!.output;
  const labels = data.labels.kind === 'class' ? null : data.labels.shape;
  const sizes = distinct([...trained(task), ...judged, ...CHECKED]);
  return [{ module: moduleOf(loss), asked: sizes.map((size) => judgedAsk('loss', loss, size, output, labels)) }];
}

function ofUpdate({ spec, built }: Task): Asked[] {
  const { update } = spec;
  if (update.rule !== 'module') return [];
  const { slots, options } = update;
  const shapes = built.weights.filter(({ trainable }) => trainable).map(({ shape }) => shape);
  return [
    { module: moduleOf(update), asked: shapes.map((shape) => ({ of: 'update', shape: [...shape], slots, options })) },
  ];
}

function ofLayers(task: Task): Asked[] {
  const sizes = distinct([...trained(task), EVALUATION_BATCH, ...CHECKED_OF_LAYERS]);
  return task.built.layers.flatMap(({ layer, input, output }: InferredLayer) => {
    if (layer.type !== 'module') return [];
    const { weights } = layer as ModuleLayer;
    const names = ['x', ...Object.keys(weights)];
    const shapes = Object.values(weights).map(({ shape }) => shape);
    const asked = sizes.map((size) => layerAsk(names, [[size, ...input], ...shapes], output));
    return [{ module: moduleOf(layer as ModuleLayer), asked }];
  });
}

function ofMetrics(metrics: OwnMetrics, { data }: Task): Asked[] {
  const { validation, test } = data.splits;
  const splits = [validation.length, test.length];
  return Object.values(metrics).map((metric) => ({
    module: moduleOf(metric),
    asked: metricAsks(metric, data, splits),
  }));
}
