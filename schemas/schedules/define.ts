/** What a schedule is: the learning rate as a pure function of time. One schedule, one file. */
import { z } from 'zod';
import { pascal } from '../layers/define.ts';
import { positive } from '../numbers.ts';

/** Time t of a schedule: steps taken so far, or epochs (a fraction within an epoch), counted from 0. */
export const unit = z.enum(['steps', 'epochs']).default('epochs').describe('What t counts.');

export interface ScheduleDefinition<Type extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly type: Type;
  readonly schema: z.ZodObject<{ type: z.ZodLiteral<Type>; rate: z.ZodNumber } & Options, z.core.$strict>;
  /** The rate at time `t` (in the schedule's own unit). */
  readonly at: (t: number, options: never) => number;
}

export function defineSchedule<const Type extends string, Options extends z.ZodRawShape>(definition: {
  type: Type;
  /** Name in the OpenAPI document, where the type itself can't be one. */
  id?: string;
  description: string;
  options: Options;
  at: (t: number, options: { rate: number } & z.output<z.ZodObject<Options>>) => number;
}): ScheduleDefinition<Type, Options> {
  const { type, description, options, at } = definition;
  const schema = z
    .strictObject({ type: z.literal(type), rate: positive().describe('α₀, the learning rate at t = 0.'), ...options })
    .meta({ id: `${pascal(definition.id ?? type)}Schedule`, description });
  return { type, schema: schema as unknown as ScheduleDefinition<Type, Options>['schema'], at: at as never };
}
