/** The registry of schedules: a new schedule is one file here and its line below. */
import { z } from 'zod';
import { constant } from './constant.ts';
import type { ScheduleDefinition } from './define.ts';
import { exponential } from './exponential.ts';
import { inverseTime } from './inverse-time.ts';
import { step } from './step.ts';

const registry = [constant, step, exponential, inverseTime] as const;

export const schedule = z
  .discriminatedUnion('type', [constant.schema, step.schema, exponential.schema, inverseTime.schema])
  .meta({ id: 'Schedule', description: 'The annealing schedule of the learning rate.' });

export type Schedule = z.output<typeof schedule>;

export const scheduleDefinitions: ReadonlyMap<string, ScheduleDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as ScheduleDefinition]),
);

/** The learning rate of step `step` (from 0) in float64; `stepsPerEpoch` turns steps into epochs. */
export function learningRate(spec: Schedule, step: number, stepsPerEpoch: number): number {
  const definition = scheduleDefinitions.get(spec.type);
  if (!definition) throw new Error(`schedule '${spec.type}' is not in the registry`);
  const t = 'unit' in spec && spec.unit === 'epochs' ? step / stepsPerEpoch : step;
  return definition.at(t, spec as never);
}
