/**
 * One model out of several of one run: w̄ = 1/M Σ w_m (Izmailov et al. 2018, stochastic weight averaging). The moving statistics of batch
 * normalisation are measured anew.
 */
import {
  batchOrder,
  type DataSet,
  type State,
  simplePlan,
  type Task,
  type TrainedModel,
  withOwnStatistics,
} from '@anneal/engine';
import type { TrainSpec } from '@anneal/schemas';
import type { Member } from './committee.ts';

/** @throws RangeError if the members differ in their weights, and what opening them throws */
export function averageWeights(members: readonly Member[], data: DataSet): State {
  const sum = new Map<string, Float64Array>();
  for (const member of members) {
    const { built, weights } = member.open();
    built.dispose();
    for (const [name, values] of weights) {
      const total = sum.get(name) ?? new Float64Array(values.length);
      if (total.length !== values.length) throw new RangeError(`the members differ in '${name}'`);
      for (let i = 0; i < total.length; i++) total[i]! += values[i]!;
      sum.set(name, total);
    }
  }
  const mean = [...sum].map(([name, total]) => [name, Float32Array.from(total, (x) => x / members.length)] as const);
  const [first] = members as readonly [Member];
  const { built } = first.open();
  try {
    return withStatistics({ built, weights: new Map(mean) }, first.spec, data);
  } finally {
    built.dispose();
  }
}

function withStatistics({ built, weights }: TrainedModel, spec: TrainSpec, data: DataSet): State {
  const { momentumSchedule: _momentum, weightDecay: _decay, averaging: _average, ...rest } = spec;
  const alone: Task['spec'] = { ...rest, update: { rule: 'sgd' }, accumulate: 1 };
  const { order, batches } = batchOrder(alone, data);
  const task: Task = { spec: alone, built, data, batches };
  const plan = simplePlan(task);
  try {
    return withOwnStatistics(plan, task, order, weights);
  } finally {
    plan.dispose();
  }
}
