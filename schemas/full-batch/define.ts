/** A full-batch rule: it looks at the loss of all training examples, and at several points before it takes a step. Its method is in the engine. */
import { z } from 'zod';
import { pascal } from '../layers/define.ts';

export interface FullBatchDefinition<Rule extends string = string, Options extends z.ZodRawShape = z.ZodRawShape> {
  readonly rule: Rule;
  readonly schema: z.ZodObject<{ rule: z.ZodLiteral<Rule> } & Options, z.core.$strict>;
  /** Names of the vectors kept beside each parameter; all start at 0. */
  slots(options: never): readonly string[];
}

export function defineFullBatch<const Rule extends string, Options extends z.ZodRawShape>(definition: {
  rule: Rule;
  description: string;
  options: Options;
  slots: (options: z.output<z.ZodObject<Options>>) => readonly string[];
}): FullBatchDefinition<Rule, Options> {
  const { rule, description, options, slots } = definition;
  const schema = z
    .strictObject({ rule: z.literal(rule), ...options })
    .meta({ id: `${pascal(rule)}Update`, description });
  return { rule, schema: schema as unknown as FullBatchDefinition<Rule, Options>['schema'], slots: slots as never };
}

/** Strong Wolfe conditions of a step t along d: f(t) ≤ f(0) + c₁ t f′(0) and |f′(t)| ≤ c₂ |f′(0)|. */
export const wolfe = {
  sufficientDecrease: z.number().gt(0).lt(0.5).default(1e-4).describe('c₁ of the strong Wolfe conditions.'),
  evaluations: z.int().min(2).max(100).default(25).describe('Most points that a line search looks at.'),
};
