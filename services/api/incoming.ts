/** Checks what came in against the endpoint's shapes. */
import { AnnealError, parse, SpecError } from '@anneal/schemas';
import { z } from 'zod';
import { readJson } from './body.ts';
import type { AppContext, Endpoint, Incoming } from './endpoint.ts';

/** @throws AnnealError invalid_request and what `readJson` throws */
export async function readIncoming(endpoint: Endpoint, c: AppContext, bodyBytes: number): Promise<Incoming<Endpoint>> {
  return {
    params: check(endpoint.params, c.req.param() as Record<string, unknown>),
    query: check(endpoint.query, queryValues(endpoint.query, c.req.queries())),
    headers: check(endpoint.headers, headerValues(endpoint.headers, c.req.raw.headers)),
    body: endpoint.body ? await readJson(c.req.raw, bodyBytes) : undefined,
  };
}

/** Faults of a request outside its body are 400, whatever they would be in a spec. */
function check(schema: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(values)) {
    // Coerced to a number it would be 0.
    if (typeof value === 'string' && value.trim() === '' && isOf('number', schema.shape[name]))
      throw new AnnealError('invalid_request', `${name}: '${value}' is not allowed: expected a number`, name);
  }
  return checkRequest(schema, values);
}

/** Faults of what is no spec are 400, whatever they would be in one. @throws AnnealError invalid_request */
export function checkRequest<S extends z.ZodType>(schema: S, values: unknown): z.output<S> {
  try {
    return parse(schema, values);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const errors = error.errors.map((one) => ({ ...one, code: 'invalid_request' as const }));
    throw new AnnealError('invalid_request', error.message, error.param, errors, { cause: error });
  }
}

/** A list may be given by repeating its name or, where the schema says `explode: false`, by commas; anything else only once. */
function queryValues(schema: z.ZodObject, given: Record<string, string[]>): Record<string, unknown> {
  const entries = Object.entries(given).map(([name, values]) => {
    const field = schema.shape[name];
    if (field && isOf('array', field)) {
      const commas = z.globalRegistry.get(field)?.explode === false;
      return [name, commas ? values.flatMap((value) => value.split(',')).filter((value) => value !== '') : values];
    }
    if (values.length > 1) throw new AnnealError('invalid_request', `${name}: is given ${values.length} times`, name);
    return [name, values[0]];
  });
  return Object.fromEntries(entries);
}

/** Whether a field is of a type, optional or not. */
const isOf = (type: 'array' | 'number', field: z.core.$ZodType | undefined): boolean => {
  if (!field) return false;
  const { def } = field._zod as { def: { type: string; innerType?: z.core.$ZodType } };
  return def.type === type || isOf(type, def.innerType);
};

const headerValues = (schema: z.ZodObject, given: Headers): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
