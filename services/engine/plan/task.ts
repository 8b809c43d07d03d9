/** What a plan is built from, and the state it starts with. */
import { updateSlots } from '@anneal/schemas';
import type { DataSet } from '../data/data-set.ts';
import type { BuiltModel } from '../model/build.ts';
import type { ObservationLayout } from '../observe/layout.ts';
import { dataLayout } from '../step/batch.ts';
import { averageName, slotName } from '../step/emit-updates.ts';
import type { StepSpec } from '../step/training-step.ts';
import type { Plan, State } from './plan.ts';

export interface Task {
  readonly spec: StepSpec;
  /** What is measured inside the net on sampled steps; left out, nothing is. */
  readonly observed?: ObservationLayout | null;
  readonly built: BuiltModel;
  readonly data: DataSet;
  /** Batch sizes that will be trained, largest first. */
  readonly batches: readonly number[];
}

/** Examples an evaluation call takes. */
export const EVALUATION_BATCH = 100;

export const layoutOf = (task: Task) => dataLayout(task.data);

/** Names and shapes of weights, slots and running averages, in a fixed order. */
export function stateVariables(task: Pick<Task, 'spec' | 'built'>): { name: string; shape: readonly number[] }[] {
  const slots = updateSlots(task.spec.update);
  return task.built.weights.flatMap(({ name, shape, trainable }) => [
    { name, shape },
    ...(trainable ? slots.map((slot) => ({ name: slotName(name, slot), shape })) : []),
    ...(task.spec.averaging ? [{ name: averageName(name), shape }] : []),
  ]);
}

/** The state a run starts with: initial weights, which the running averages start from too; slots at 0. */
export function initialState(task: Pick<Task, 'spec' | 'built'>): State {
  const initial = new Map(
    task.built.weights.flatMap(({ name, initial: values }) => [
      [name, values],
      [averageName(name), values],
    ]),
  );
  const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1));
  return new Map(stateVariables(task).map(({ name, shape }) => [name, initial.get(name) ?? zeros(shape)]));
}

/** The running averages in a state, by the names of their weights; null where there are none. */
export function averageOf({ spec, built }: Pick<Task, 'spec' | 'built'>, state: State): State | null {
  if (!spec.averaging) return null;
  return new Map(built.weights.map(({ name }) => [name, state.get(averageName(name))!]));
}

export function setState(plan: Plan, state: State): void {
  plan.set(state);
}

export function getState(plan: Plan, names: Iterable<string>): State {
  return plan.get([...names]);
}
