/** The registry of schedules: a new schedule is one file here and its line below. */
import { z } from 'zod';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { cosineRestarts } from './cosine-restarts.ts';
import type { ScheduleDefinition } from './define.ts';
import { exponential } from './exponential.ts';
import { inverseTime } from './inverse-time.ts';
import { milestones } from './milestones.ts';
import { oneCycle } from './one-cycle.ts';
import { plateau } from './plateau.ts';
import { polynomial } from './polynomial.ts';
import { rangeTest } from './range-test.ts';
import { step } from './step.ts';

export type { WarmUp } from './define.ts';
export { type PlateauState, plateauNext, plateauStart } from './plateau.ts';

const registry = [
  constant,
  step,
  milestones,
  plateau,
  exponential,
  inverseTime,
  polynomial,
  cosine,
  cosineRestarts,
  oneCycle,
  rangeTest,
] as const;

export const schedule = z
  .discriminatedUnion('type', [
    constant.schema,
    step.schema,
    milestones.schema,
    plateau.schema,
    exponential.schema,
    inverseTime.schema,
    polynomial.schema,
    cosine.schema,
    cosineRestarts.schema,
    oneCycle.schema,
    rangeTest.schema,
  ])
  .meta({ id: 'Schedule', description: 'The annealing schedule of the learning rate.' });

export type Schedule = z.output<typeof schedule>;

export const scheduleDefinitions: ReadonlyMap<string, ScheduleDefinition> = new Map(
  registry.map((definition) => [definition.type, definition as unknown as ScheduleDefinition]),
);

/** The rate (or momentum) of step `step` (from 0) in float64; `stepsPerEpoch` turns steps into epochs. */
export function scheduled(spec: Schedule, step: number, stepsPerEpoch: number): number {
  const definition = scheduleDefinitions.get(spec.type);
  if (!definition) throw new Error(`schedule '${spec.type}' is not in the registry`);
  const perUnit = spec.unit === 'epochs' ? stepsPerEpoch : 1;
  if (!spec.warmUp) return definition.at(step / perUnit, spec as never);
  const steps = Math.round(spec.warmUp.length * perUnit);
  if (step >= steps) return definition.at((step - steps) / perUnit, spec as never);
  const { from } = spec.warmUp;
  return definition.at(0, spec as never) * (from + ((1 - from) * (step + 1)) / steps);
}

/** When the schedule has said all it has to say, warm-up included, in its own unit; 0 if it has no end. */
export function scheduleLength(spec: Schedule): number {
  const own = scheduleDefinitions.get(spec.type)?.length?.(spec as never) ?? 0;
  return own + (spec.warmUp?.length ?? 0);
}
