/** What a schedule is: the learning rate as a pure function of time. One schedule, one file. */
import { z } from 'zod';
import { pascal } from '../layers/define.ts';
import { fraction, positive } from '../numbers.ts';

/** Time t of a schedule: steps taken so far, or epochs (a fraction within an epoch), counted from 0. */
export const unit = z.enum(['steps', 'epochs']).default('epochs').describe('What t counts.');

/**
 * Linear warm-up before any schedule: the rate of the n-th step of the warm-up is α₀ · (from + (1 − from) · n/N), n = 1 … N, so that the
 * first step is not lost. After it the schedule starts, from t = 0. Source: Goyal et al. 2017.
 */
export const warmUp = z
  .strictObject({
    length: positive().describe('Steps or epochs, as the unit of the schedule says.'),
    from: fraction().default(0).describe('Share of α₀ that the warm-up starts from.'),
  })
  .meta({ id: 'WarmUp', description: 'Raises the rate to α₀ in a straight line before the schedule starts.' });

export type WarmUp = z.output<typeof warmUp>;

export interface ScheduleDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<
    { type: z.ZodLiteral<Type>; rate: z.ZodNumber; unit: typeof unit; warmUp: z.ZodOptional<typeof warmUp> } & Options,
    z.core.$strict
  >;
  /** The rate at time `t` (in the schedule's own unit). */
  readonly at: (t: number, options: never) => number;
  /** Until when it says something new, in its own unit, if it has an end. */
  readonly length?: (options: never) => number;
}

export function defineSchedule<const Type extends string, Options extends z.ZodRawShape>(definition: {
  type: Type;
  /** Name in the OpenAPI document, where the type itself can't be one. */
  id?: string;
  description: string;
  options: Options;
  at: (t: number, options: { rate: number } & z.output<z.ZodObject<Options>>) => number;
  length?: (options: z.output<z.ZodObject<Options>>) => number;
}): ScheduleDefinition<Type, Options> {
  const { type, description, options, at, length } = definition;
  const schema = z
    .strictObject({
      type: z.literal(type),
      rate: positive().describe('α₀, the learning rate at t = 0.'),
      ...options,
      unit,
      warmUp: warmUp.optional(),
    })
    .meta({ id: `${pascal(definition.id ?? type)}Schedule`, description });
  return {
    type,
    schema: schema as unknown as ScheduleDefinition<Type, Options>['schema'],
    at: at as never,
    ...(length && { length: length as never }),
  };
}

/** Length of a whole descent, in the unit of the schedule. */
export const length = () => positive().describe('Length of the descent, in units of t.');
