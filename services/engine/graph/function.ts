/**
 * A TensorFlow function under construction. In a FunctionDef an input is written `node:output_argument:index`, hence the op registry;
 * arguments are written by name.
 */
import { type DataType, type Message, proto } from '../tensorflow.ts';
import { type Attributes, attributeMessage } from './attribute.ts';
import { NodeList, type Output } from './node-list.ts';
import { opDefinition } from './op-registry.ts';

export interface FunctionArgument {
  readonly name: string;
  readonly type: DataType;
}

export class FunctionBuilder extends NodeList {
  private readonly ops = new Map<string, string>();
  private readonly results = new Map<string, string>();

  /** `variables` maps the names of resource variables to the arguments that carry their handles. */
  constructor(
    readonly name: string,
    readonly args: readonly FunctionArgument[],
    private readonly outputs: readonly FunctionArgument[],
    private readonly variables: ReadonlyMap<string, string>,
    private readonly attributes: Attributes = {},
  ) {
    super();
  }

  override variable(name: string): Output {
    const argument = this.variables.get(name);
    if (!argument) throw new Error(`variable '${name}' is no argument of function '${this.name}'`);
    return argument;
  }

  returns(results: Readonly<Record<string, Output>>): void {
    for (const [name, output] of Object.entries(results)) this.results.set(name, this.resolve(output));
  }

  message(): Message {
    const signature = new proto.OpDef();
    signature.setName(this.name);
    for (const argument of this.args) signature.addInputArg(argumentMessage(argument));
    for (const output of this.outputs) signature.addOutputArg(argumentMessage(output));
    signature.setIsStateful(true);
    const fn = new proto.FunctionDef!();
    fn.setSignature(signature);
    fn.setNodeDefList(this.nodes);
    for (const [name, value] of this.results) fn.getRetMap().set(name, value);
    for (const [name, value] of Object.entries(this.attributes)) fn.getAttrMap().set(name, attributeMessage(value));
    return fn;
  }

  protected override made(name: string, op: string): void {
    this.ops.set(name, op);
  }

  protected override resolve(input: Output): string {
    if (input.startsWith('^')) return input;
    const [node = '', index = '0'] = input.split(':');
    const op = this.ops.get(node);
    if (!op) return input;
    const { outputs } = opDefinition(op);
    const only = outputs.length === 1 ? outputs[0] : undefined;
    return only ? `${node}:${only.name}:${index}` : `${node}:${outputs[Number(index)]?.name}:0`;
  }
}

function argumentMessage({ name, type }: FunctionArgument): Message {
  const argument = new proto.OpDef.ArgDef();
  argument.setName(name);
  argument.setType(type);
  return argument;
}
