/** Turns zod's issues into sentences that name the field, what was given, what is allowed and the nearest valid choice. */
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type ErrorDetail, SpecError } from './error.ts';
import { refusedFields, refusedLayers, refusedValues } from './layers/refused.ts';

/** The nearest of `choices`, if near enough to be what was meant. */
export function nearest(given: string, choices: readonly string[]): string | undefined {
  if (choices.length === 0) return undefined;
  const best = closest(given.toLowerCase(), choices as string[]);
  return distance(given.toLowerCase(), best.toLowerCase()) <= Math.max(2, Math.floor(best.length / 3))
    ? best
    : undefined;
}

export const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );

/** Parses, or throws one error that lists everything wrong. @throws SpecError */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => explainIssue(issue, input, schema));
  const [first] = errors;
  if (!first) throw result.error;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new SpecError(first.code, first.message + more, first.param, errors);
}

function explainIssue(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodType): ErrorDetail[] {
  const given = valueAt(input, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, input, issue.path);
    return issue.keys.map((key) => {
      const param = formatPath([...issue.path, key]);
      const refused = refusedFields[key];
      if (refused) return detail('unknown_field', param, `is not offered: ${refused}`);
      return detail('unknown_field', param, `is not a known field${suggest(key, allowed)}`);
    });
  }
  const param = formatPath(issue.path);
  if (issue.code === 'invalid_union' && 'discriminator' in issue && issue.discriminator) {
    const key = String(issue.discriminator);
    const choice = issue.path.at(-1) === key ? given : valueAt(given, [key]);
    const field = issue.path.at(-1) === key ? param : formatPath([...issue.path, key]);
    const allowed = optionsAt(schema, input, issue.path, key);
    if (choice === undefined) return [detail('invalid_spec', field, `is missing; allowed: ${allowed.join(', ')}`)];
    const refused = refusedLayers[String(choice)];
    if (refused) return [detail('invalid_spec', field, `${show(choice)} is not offered: ${refused}`)];
    return [detail('invalid_spec', field, `${show(choice)} is not known${suggest(String(choice), allowed)}`)];
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors[0]?.[0];
    if (inner)
      return explainIssue({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, input, schema);
  }
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    const refused = refusedValues[String(issue.path.at(-1))]?.[String(given)];
    if (refused) return [detail('invalid_spec', param, `${show(given)} is not offered: ${refused}`)];
    if (given === undefined) return [detail('invalid_spec', param, `is missing; allowed: ${allowed.join(', ')}`)];
    return [detail('invalid_spec', param, `${show(given)} is not allowed${suggest(String(given), allowed)}`)];
  }
  if (issue.code === 'invalid_key') {
    const [why = issue] = issue.issues;
    return [detail('invalid_spec', param, `${show(issue.path.at(-1))} is no name for it: ${lowerFirst(why.message)}`)];
  }
  if (given === undefined) return [detail('invalid_spec', param, `is missing; ${lowerFirst(issue.message)}`)];
  return [detail('invalid_spec', param, `${show(given)} is not allowed: ${lowerFirst(issue.message)}`)];
}

const detail = (code: ErrorDetail['code'], param: string, text: string): ErrorDetail => ({
  code,
  message: `${param || 'the document'}: ${text}`,
  param: param || null,
  retryable: false,
});

/** What follows the naming of a wrong choice: the nearest one, and all there are. */
export function suggest(given: string, allowed: readonly string[]): string {
  const best = nearest(given, allowed);
  const list = allowed.length > 0 ? `; allowed: ${allowed.join(', ')}` : '';
  return best ? `; did you mean '${best}'?${list ? ` (${list.slice(2)})` : ''}` : list;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function show(value: unknown): string {
  const text =
    typeof value === 'string' ? `'${value}'` : typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

/** What `explain` reads of a zod schema. */
interface Def {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  discriminator?: string;
}
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;

/** Follows `path` into the schema, choosing union members by the input's discriminator. */
function schemaAt(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): z.ZodType | undefined {
  let def = defOf(schema);
  while (def.innerType ?? def.in) {
    schema = (def.innerType ?? def.in) as z.ZodType;
    def = defOf(schema);
  }
  if (def.options && def.discriminator) {
    const key = def.discriminator;
    const value = valueAt(input, [key]);
    const chosen = def.options.find((option) => literalsOf(option, key).includes(String(value)));
    return chosen ? schemaAt(chosen, input, path) : path.length === 0 ? schema : undefined;
  }
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const next = def.element ?? def.shape?.[String(head)];
  return next ? schemaAt(next, valueAt(input, [head]), rest) : undefined;
}

function keysAt(schema: z.ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const found = schemaAt(schema, input, path);
  return found ? Object.keys(defOf(found).shape ?? {}) : [];
}

function literalsOf(option: z.ZodType, key: string): string[] {
  const field = defOf(option).shape?.[key];
  return field ? [...(field._zod.values ?? [])].map(String) : [];
}

function optionsAt(schema: z.ZodType, input: unknown, path: readonly PropertyKey[], key: string): string[] {
  const at = path.at(-1) === key ? path.slice(0, -1) : path;
  const found = schemaAt(schema, input, at);
  return found ? (defOf(found).options ?? []).flatMap((option) => literalsOf(option, key)) : [];
}
