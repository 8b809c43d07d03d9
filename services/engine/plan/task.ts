/** What a plan is built from, and the state it starts with. */
import { type TrainSpec, updateDefinition } from '@anneal/schemas';
import type { LoadedData } from '../data/load.ts';
import type { BuiltModel } from '../model/build.ts';
import { dataLayout } from '../step/batch.ts';
import type { Plan, State } from './plan.ts';

export interface Task {
  readonly spec: Pick<TrainSpec, 'loss' | 'regularization' | 'update' | 'seed'>;
  readonly built: BuiltModel;
  readonly data: LoadedData;
  /** Batch sizes that will be trained, largest first. */
  readonly batches: readonly number[];
}

/** Examples an evaluation call takes. */
export const EVALUATION_BATCH = 100;

export const layoutOf = (task: Task) => dataLayout(task.data);

/** Names and shapes of weights and slots, in a fixed order. */
export function stateVariables(task: Pick<Task, 'spec' | 'built'>): { name: string; shape: readonly number[] }[] {
  const { slots } = updateDefinition(task.spec.update.rule);
  return task.built.weights.flatMap(({ name, shape, trainable }) => [
    { name, shape },
    ...(trainable ? slots.map((slot) => ({ name: `${name}/${slot}`, shape })) : []),
  ]);
}

/** The state a run starts with: initial weights, slots at 0. */
export function initialState(task: Pick<Task, 'spec' | 'built'>): State {
  const initial = new Map(task.built.weights.map((weight) => [weight.name, weight.initial]));
  const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1));
  return new Map(stateVariables(task).map(({ name, shape }) => [name, initial.get(name) ?? zeros(shape)]));
}

export function setState(plan: Plan, state: State): void {
  for (const [name, values] of state) plan.set(name, values);
}

export function getState(plan: Plan, names: Iterable<string>): State {
  return new Map([...names].map((name) => [name, plan.get(name) as Float32Array]));
}
