/** What an update rule is: its options, its named slots and the formula. One rule, one file, no TensorFlow. */
import { z } from 'zod';
import type { Arithmetic } from '../arithmetic.ts';
import { pascal } from '../layers/define.ts';

export interface UpdateInput<T> {
  /** The parameter w, the gradient g and the rule's slots, all of one shape. */
  readonly w: T;
  readonly g: T;
  readonly slots: Readonly<Record<string, T>>;
  /** The learning rate α of this step, a scalar. */
  readonly rate: T;
  /** The momentum μ of this step, a scalar, where a schedule sets it; else the rule's own option holds. */
  readonly momentum?: T | undefined;
  /** The number t of this step, a scalar: 1, 2, 3 … */
  readonly step: T;
}

export interface UpdateOutput<T> {
  readonly w: T;
  readonly slots: Readonly<Record<string, T>>;
}

export interface UpdateDefinition<Rule extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly rule: Rule;
  readonly schema: z.ZodObject<{ rule: z.ZodLiteral<Rule> } & Options, z.core.$strict>;
  /** Names of the state kept for each parameter; all start at 0. */
  slots(options: never): readonly string[];
  /** Data in, data out: nothing is changed in place. */
  apply<T>(ops: Arithmetic<T>, input: UpdateInput<T>, options: never): UpdateOutput<T>;
}

export function defineUpdate<const Rule extends string, Options extends z.ZodRawShape>(definition: {
  rule: Rule;
  description: string;
  options: Options;
  /** The same for all options, or what these options need. */
  slots: readonly string[] | ((options: z.output<z.ZodObject<Options>>) => readonly string[]);
  apply: <T>(ops: Arithmetic<T>, input: UpdateInput<T>, options: z.output<z.ZodObject<Options>>) => UpdateOutput<T>;
}): UpdateDefinition<Rule, Options> {
  const { rule, description, options, slots, apply } = definition;
  const schema = z
    .strictObject({ rule: z.literal(rule), ...options })
    .meta({ id: `${pascal(rule)}Update`, description });
  return {
    rule,
    schema: schema as unknown as UpdateDefinition<Rule, Options>['schema'],
    slots: typeof slots === 'function' ? slots : () => slots,
    apply,
  };
}

/** The slot of that name, which the rule itself has declared. */
export function slot<T>(slots: Readonly<Record<string, T>>, name: string): T {
  const value = slots[name];
  if (value === undefined) throw new Error(`slot '${name}' is missing`);
  return value;
}
