/** One check on a small net, for tests. Nets that no spec can say are made by changing a layer. */
import assert from 'node:assert/strict';
import type { LoadedData } from '@anneal/engine';
import type { CheckName, Finding, TrainSpecInput } from '@anneal/schemas';
import { runChecks } from '@anneal/verify';
import type { Tensor } from '@tensorflow/tfjs';
import { graphPlan } from '../../services/engine/plan/graph-plan.ts';
import { initialState, setState, type Task } from '../../services/engine/plan/task.ts';
import { blobs, smallSpec, smallTask } from '../engine/small-task.ts';

export type Layers = NonNullable<Extract<TrainSpecInput['model'], object>['layers']>;

export const classes = blobs({ rows: 200, shape: [20], classes: 4 });

export interface Case {
  readonly layers: Layers;
  readonly overrides?: Partial<TrainSpecInput>;
  readonly data?: LoadedData;
  /** Said by the spec; nothing is loaded. */
  readonly warmStart?: { readonly file: string };
  /** Changes what the layer of this place answers. */
  readonly change?: { readonly at: number; readonly by: (x: Tensor) => Tensor };
}

export function check(name: CheckName, { layers, overrides, data = classes, change, warmStart }: Case): Finding {
  const spec = smallSpec({ ...overrides, model: { layers, ...(warmStart && { warmStart }) } });
  const { task } = smallTask(spec, data);
  if (change) changeLayer(task, change);
  const plan = graphPlan(task);
  setState(plan, initialState(task));
  const target =
    data.labels.kind === 'class'
      ? { kind: 'class' as const, classes: data.labels.classes }
      : { kind: 'values' as const, shape: data.labels.shape };
  const findings = runChecks({ spec, built: task.built, data, target, task, plan }, () => {}, [name]);
  plan.dispose();
  task.built.dispose();
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    [name],
  );
  return findings[0]!;
}

function changeLayer({ built }: Task, { at, by }: NonNullable<Case['change']>): void {
  const layer = built.model.layers.filter(({ name }) => built.layers.some((own) => own.name === name))[at]!;
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => by([call(inputs, kwargs)].flat()[0]!);
}

export function fails(finding: Finding, cause: string, says: RegExp, verdict: Finding['verdict'] = 'fail'): void {
  assert.deepEqual([finding.verdict, finding.cause], [verdict, cause], finding.message);
  assert.match(finding.message, says);
}
