/** The fields of a JSON Schema object as a Markdown table. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type Definitions = Readonly<Record<string, Schema>>;

/** Where a definition has a section of its own: id -> anchor. */
export type Anchors = Readonly<Record<string, string>>;

const idOf = ({ $ref }: Schema): string | undefined => $ref?.replace('#/$defs/', '');

export function resolve(schema: Schema, definitions: Definitions): Schema {
  const found = idOf(schema);
  return found === undefined ? schema : { ...definitions[found], ...schema };
}

/** `discriminator` names the field that the section is about, as `type`: it stands above the table. */
export function fieldTable(schema: Schema, definitions: Definitions, anchors: Anchors, discriminator?: string): string {
  const literal = discriminator && `\`${discriminator}: ${schema.properties?.[discriminator]?.const}\``;
  const rows = Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== discriminator)
    .map(([name, field]) => {
      const whole = resolve(field, definitions);
      const { additionalProperties: values } = field;
      const id = idOf(typeof values === 'object' ? values : field);
      const link = id !== undefined && anchors[id] ? ` See [${id}](#${anchors[id]}).` : '';
      const description = `${whole.description ?? 'The kind of job.'}${link}`;
      return [`\`${name}\``, typeOf(field, definitions, anchors), preset(name, whole, schema), description];
    });
  if (rows.length === 0) return `${literal}; it has no other field.`;
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const head = [line(['field', 'type and allowed values', 'default', 'meaning']), '|---|---|---|---|'];
  return [...(literal ? [`${literal}, and:`, ''] : []), ...head, ...rows.map(line)].join('\n');
}

function preset(name: string, field: Schema, parent: Schema): string {
  if (field.default !== undefined) return `\`${JSON.stringify(field.default)}\``;
  return parent.required?.includes(name) ? '**required**' : 'none';
}

export function typeOf(schema: Schema, definitions: Definitions, anchors: Anchors): string {
  const id = idOf(schema);
  const whole = resolve(schema, definitions);
  if (whole.const !== undefined) return `\`${whole.const}\``;
  if (whole.enum) return whole.enum.map((value) => `\`${value}\``).join(', ');
  const choices = whole.anyOf ?? whole.oneOf;
  if (id !== undefined && anchors[id] && (choices || whole.properties)) return 'object';
  if (choices) return choices.map((choice) => typeOf(choice, definitions, anchors)).join(' or ');
  if (whole.prefixItems) return `[${whole.prefixItems.map((item) => typeOf(item, definitions, anchors)).join(', ')}]`;
  if (whole.type === 'array') return listType(whole, definitions, anchors);
  if (whole.type === 'string') return stringType(whole);
  if (whole.type === 'object') return whole.properties ? 'object' : `map of ${keyed(whole, definitions, anchors)}`;
  return whole.type === 'number' || whole.type === 'integer' ? numberType(whole) : (whole.type ?? 'any');
}

const keyed = ({ additionalProperties }: Schema, definitions: Definitions, anchors: Anchors): string =>
  typeof additionalProperties === 'object'
    ? `names to ${typeOf(additionalProperties, definitions, anchors)}`
    : 'values';

function listType({ items, minItems = 0, maxItems }: Schema, definitions: Definitions, anchors: Anchors): string {
  const item = typeof items === 'object' ? typeOf(items, definitions, anchors) : 'anything';
  const length = maxItems === undefined ? `at least ${minItems}` : `${minItems} to ${maxItems}`;
  return `list of ${length}: ${item}`;
}

function stringType({ pattern, minLength = 0, maxLength }: Schema): string {
  if (pattern) return `string like \`${pattern}\``;
  return maxLength === undefined ? 'string' : `string, ${minLength} to ${maxLength} characters`;
}

/** `number, 0 ≤ x < 1`. The bounds of safe integers say nothing. */
function numberType({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const least = minimum ?? exclusiveMinimum;
  const most = maximum ?? exclusiveMaximum;
  const below = most === undefined || most === Number.MAX_SAFE_INTEGER ? undefined : most;
  const signs = { below: maximum === undefined ? '<' : '≤', above: minimum === undefined ? '<' : '≤' };
  if (least === undefined && below === undefined) return type ?? 'number';
  if (below === undefined) return `${type} ${signs.above === '<' ? '>' : '≥'} ${least}`;
  if (least === undefined) return `${type} ${signs.below} ${below}`;
  return `${type}, ${least} ${signs.above} x ${signs.below} ${below}`;
}
