/**
 * TensorFlow's op registry, as far as the engine uses it: names of arguments and attributes of each op. Eager execution infers
 * attributes that a graph needs spelled out; this is where they come from. The JSON is generated: see infra/generate/op-registry.py.
 */
import type { Attributes } from './attribute.ts';
import registry from './generated/op-registry.json' with { type: 'json' };

interface Argument {
  readonly name: string;
  /** Attribute that holds the argument's type, the number of its tensors, or the list of their types. */
  readonly type?: string;
  readonly count?: string;
  readonly types?: string;
}

interface OpDefinition {
  readonly inputs: readonly Argument[];
  readonly outputs: readonly Argument[];
  readonly attributes: Readonly<Record<string, { kind: string; hasDefault: boolean }>>;
}

export function opDefinition(op: string): OpDefinition {
  const definition = (registry as Record<string, OpDefinition>)[op];
  if (!definition) throw new Error(`op '${op}' is not in the engine's op registry`);
  return definition;
}

/** Adds the type, count and type-list attributes that follow from the inputs' and outputs' types, and drops those the op hasn't got. */
export function completeAttributes(
  op: string,
  given: Attributes,
  inputTypes: readonly (number | undefined)[],
  outputTypes: readonly number[],
): Attributes {
  const definition = opDefinition(op);
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(given)) if (name in definition.attributes) attributes[name] = value;
  infer(definition.inputs, inputTypes, attributes);
  infer(definition.outputs, outputTypes, attributes);
  const missing = Object.entries(definition.attributes).filter(([name, a]) => !a.hasDefault && !(name in attributes));
  if (missing.length > 0)
    throw new Error(`op '${op}' lacks the attributes ${missing.map(([name]) => name).join(', ')}`);
  return attributes;
}

function infer(args: readonly Argument[], types: readonly (number | undefined)[], attributes: Attributes): void {
  const single = args.filter((arg) => !arg.count && !arg.types).length;
  let at = 0;
  for (const arg of args) {
    const length = arg.count || arg.types ? types.length - single : 1;
    if (arg.count) attributes[arg.count] ??= { int: length };
    if (arg.types) attributes[arg.types] ??= { types: types.slice(at, at + length) as number[] };
    const type = types[at];
    if (arg.type && type !== undefined) attributes[arg.type] ??= { type };
    at += length;
  }
}
