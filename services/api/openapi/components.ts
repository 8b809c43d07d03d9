/** The schemas of the OpenAPI document, out of the zod schemas: what a client sends and what it gets differ where defaults are filled in. */
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;
export type Direction = 'input' | 'output';

const PREFIX = '#/components/schemas/';

export interface Components {
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The schema inline, or a reference to its component. */
  schemaOf(schema: z.ZodType, direction: Direction): JsonSchema;
}

/**
 * All schemas that carry an id. One that differs between the two directions is two components: `Spec` is what the service
 * answers with every default filled in, `SpecInput` what a client may send.
 */
export function components(): Components {
  const sent = all('input');
  const got = all('output');
  const differing = differ(sent, got);
  const rename = (id: string): string => (differing.has(id) ? `${id}Input` : id);
  const schemas: Record<string, JsonSchema> = { ...got };
  for (const id of differing) schemas[rename(id)] = mapReferences(sent[id] ?? {}, rename);
  return {
    schemas,
    schemaOf(schema, direction) {
      const id = z.globalRegistry.get(schema)?.id;
      const name = direction === 'input' ? rename : (id: string) => id;
      if (id) return { $ref: PREFIX + name(id) };
      const { $schema, $defs, ...inline } = z.toJSONSchema(schema, options(direction)) as JsonSchema;
      return mapReferences(inline, (id) => name(id));
    },
  };
}

/** The components that `roots` refer to, directly or not, by name. */
export function reachable(roots: unknown, { schemas }: Components): Record<string, JsonSchema> {
  const found = new Map<string, JsonSchema>();
  const visit = (value: unknown): void => {
    for (const id of references(value)) {
      const schema = schemas[id];
      if (!schema || found.has(id)) continue;
      found.set(id, schema);
      visit(schema);
    }
  };
  visit(roots);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const options = (direction: Direction) =>
  ({ io: direction, target: 'draft-2020-12', unrepresentable: 'any', override: tidy }) as const;

function all(direction: Direction): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { ...options(direction), uri: (id) => PREFIX + id });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema as JsonSchema]),
  );
}

/** Leaves out what says nothing, and lets answers grow: only strict objects forbid further fields. */
function tidy({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  const { def } = zodSchema._zod;
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
  if (def.type === 'union' && 'discriminator' in def && def.options.every((o) => z.globalRegistry.get(o)?.id)) {
    const propertyName = String(def.discriminator);
    const mapping = Object.fromEntries(
      def.options.flatMap((option) => {
        const id = z.globalRegistry.get(option)?.id;
        return [...(option._zod.propValues?.[propertyName] ?? [])].map((value) => [String(value), PREFIX + id]);
      }),
    );
    jsonSchema.discriminator = { propertyName, mapping };
  }
}

/** Ids whose schemas differ between the directions, or refer to one that does. */
function differ(a: Record<string, JsonSchema>, b: Record<string, JsonSchema>): Set<string> {
  const differing = new Set(Object.keys(a).filter((id) => JSON.stringify(a[id]) !== JSON.stringify(b[id])));
  for (let size = -1; size !== differing.size; ) {
    size = differing.size;
    for (const id of Object.keys(a)) if (references(a[id]).some((other) => differing.has(other))) differing.add(id);
  }
  return differing;
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value === 'string') return value.startsWith(PREFIX) ? [value.slice(PREFIX.length)] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(references) : [];
}

/** Points references to the components, by their names there. */
function mapReferences<T>(value: T, name: (id: string) => string): T {
  const map = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(map);
    if (typeof item === 'string') {
      const id = /^#\/(?:components\/schemas|\$defs)\/(.+)$/.exec(item)?.[1];
      return id === undefined ? item : PREFIX + name(id);
    }
    if (item === null || typeof item !== 'object') return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, map(inner)]));
  };
  return map(value) as T;
}
