/** Nodes of a graph or of a function, in the order they were made. */
import { DataType, type Message, proto, type TypedArray } from '../tensorflow.ts';
import { type Attributes, attributeMessage, shapeMessage } from './attribute.ts';

/** The output of a node: `name`, or `name:1` for its second output. */
export type Output = string;

/** A control input: the node runs after that one. */
export const after = (output: Output): string => `^${output.split(':')[0]}`;

export abstract class NodeList {
  protected readonly nodes: Message[] = [];
  private readonly taken = new Map<string, number>();
  private readonly scopes: string[] = [];

  /** Nodes made by `make` carry `scope/` before their names. */
  within<T>(scope: string, make: () => T): T {
    this.scopes.push(scope);
    try {
      return make();
    } finally {
      this.scopes.pop();
    }
  }

  /** Makes a node and returns its first output. */
  node(op: string, inputs: readonly Output[], attributes: Attributes = {}, name: string = op): Output {
    const unique = this.unique([...this.scopes, name].join('/'));
    const message = new proto.NodeDef!();
    message.setName(unique);
    message.setOp(op);
    for (const input of [...inputs.filter((i) => i[0] !== '^'), ...inputs.filter((i) => i[0] === '^')])
      message.addInput(this.resolve(input));
    const map = message.getAttrMap();
    for (const [key, value] of Object.entries(attributes)) map.set(key, attributeMessage(value));
    this.nodes.push(message);
    this.made(unique, op);
    return unique;
  }

  constant(type: DataType, shape: readonly number[], values: TypedArray, name = 'Const'): Output {
    const tensor = new proto.Tensor!();
    tensor.setDtype(type);
    tensor.setTensorShape(shapeMessage(shape));
    tensor.setTensorContent(
      new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength) as ArrayBuffer),
    );
    return this.node('Const', [], { dtype: { type }, value: { tensor } }, name);
  }

  scalar(value: number): Output {
    return this.constant(DataType.float32, [], new Float32Array([value]));
  }

  integer(value: number): Output {
    return this.constant(DataType.int32, [], new Int32Array([value]));
  }

  integers(values: readonly number[]): Output {
    return this.constant(DataType.int32, [values.length], new Int32Array(values));
  }

  /** The handle of a resource variable. */
  abstract variable(name: string): Output;

  read(name: string, type: DataType, ...controls: string[]): Output {
    return this.node('ReadVariableOp', [this.variable(name), ...controls], { dtype: { type } }, `${name}/read`);
  }

  assign(name: string, value: Output, type: DataType, ...controls: string[]): Output {
    return this.node(
      'AssignVariableOp',
      [this.variable(name), value, ...controls],
      { dtype: { type } },
      `${name}/assign`,
    );
  }

  /** How an input is written in this list. */
  protected resolve(input: Output): string {
    return input;
  }

  protected made(_name: string, _op: string): void {}

  private unique(name: string): string {
    const count = this.taken.get(name) ?? 0;
    this.taken.set(name, count + 1);
    return count === 0 ? name : this.unique(`${name}_${count}`);
  }
}
