/**
 * Small rewrites while a trace is recorded, each exact: what TF.js does in a roundabout way is written as the op that TensorFlow has for
 * it, which is what its optimiser knows how to fuse.
 */
import type { Attributes } from '../graph/attribute.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { DataType } from '../tensorflow.ts';

export interface Operand {
  readonly output: Output;
  readonly shape: readonly number[];
  /** Values of an int32 tensor that the trace did not compute; read on demand. */
  readonly values: () => readonly number[] | null;
}

const T = { T: { type: DataType.float32 } };
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i]);

export class Peephole {
  /** What a reshaped output is a view of. */
  private readonly views = new Map<Output, { source: Output; shape: readonly number[] }>();

  /** ReLU outputs -> their inputs. */
  private readonly preActivations = new Map<Output, Output>();
  /** Outputs of ReLU after pooling -> the pooling. */
  private readonly pooled = new Map<Output, Output>();
  /** Gradients that are those of a ReLU's input already -> the ReLU's output. */
  private readonly passedRelu = new Map<Output, Output>();

  constructor(private readonly list: NodeList) {}

  /** The output that stands for the op's, or null if the op is to be written as it is. */
  rewrite(op: string, operands: readonly Operand[], attributes: Attributes, shape: readonly number[]): Output | null {
    const [a, b] = operands;
    if (op === 'Reshape') return this.reshape(a!, shape, attributes);
    if (op === 'Cast') return isIdentityCast(attributes) ? a!.output : null;
    if (op === 'BatchMatMulV2') return this.matMul(a!, b!, attributes, shape);
    if (op === 'Add' || op === 'AddV2') return this.biasAdd(a!, b!, attributes, shape);
    if (op === 'Sum') return this.biasGradient(a!, b!, attributes, shape);
    if (op === 'Relu') return this.relu(a!);
    if (op === 'MaxPool') return this.maxPool(a!, attributes);
    if (op === 'MaxPoolGrad') return this.maxPoolGradient(operands, attributes);
    if (op === 'ReluGrad') return this.passedRelu.get(a!.output) === b!.output ? a!.output : null;
    return null;
  }

  /** A reshape of a reshape is one reshape, or none. */
  private reshape(a: Operand, shape: readonly number[], attributes: Attributes): Output {
    const origin = this.views.get(a.output) ?? { source: a.output, shape: a.shape };
    if (same(origin.shape, shape)) return origin.source;
    const type = attributes.T ?? { type: DataType.float32 };
    const reshaped = this.list.node('Reshape', [origin.source, this.list.integers(shape)], {
      T: type,
      Tshape: { type: DataType.int32 },
    });
    this.views.set(reshaped, origin);
    return reshaped;
  }

  /** TF.js multiplies matrices as batches, some of one. */
  private matMul(a: Operand, b: Operand, attributes: Attributes, shape: readonly number[]): Output | null {
    const transposes = {
      transpose_a: attributes.adj_x ?? { bool: false },
      transpose_b: attributes.adj_y ?? { bool: false },
    };
    if (shape.length === 2) return this.list.node('MatMul', [a.output, b.output], { ...T, ...transposes });
    if (shape.length !== 3 || a.shape[0] !== 1 || b.shape[0] !== 1) return null;
    const [left, right] = [a, b].map((operand) => this.reshape(operand, operand.shape.slice(1), T)) as [Output, Output];
    const product = this.list.node('MatMul', [left, right], { ...T, ...transposes });
    return this.reshape({ output: product, shape: shape.slice(1), values: () => null }, shape, T);
  }

  /** [..., C] + [C] */
  private biasAdd(a: Operand, b: Operand, attributes: Attributes, shape: readonly number[]): Output | null {
    const isBias =
      isFloat(attributes) &&
      b.shape.length === 1 &&
      a.shape.length >= 2 &&
      same(a.shape, shape) &&
      b.shape[0] === shape.at(-1);
    return isBias ? this.list.node('BiasAdd', [a.output, b.output], T) : null;
  }

  /** The sum over all axes but the last. */
  private biasGradient(a: Operand, axes: Operand, attributes: Attributes, shape: readonly number[]): Output | null {
    if (!isFloat(attributes) || a.shape.length < 2 || !same(shape, a.shape.slice(-1))) return null;
    const values = axes.values();
    const all = a.shape.slice(1).map((_side, axis) => axis);
    return values &&
      same(
        [...values].sort((x, y) => x - y),
        all,
      )
      ? this.list.node('BiasAddGrad', [a.output], T)
      : null;
  }

  private relu(a: Operand): Output {
    const output = this.list.node('Relu', [a.output], T);
    this.preActivations.set(output, a.output);
    return output;
  }

  /** max(relu(x)) = relu(max(x)), and the second ReLU has a quarter of the work. */
  private maxPool(a: Operand, attributes: Attributes): Output | null {
    const before = this.preActivations.get(a.output);
    if (!before) return null;
    const pool = this.list.node('MaxPool', [before], attributes);
    const output = this.list.node('Relu', [pool], T);
    this.pooled.set(output, pool);
    return output;
  }

  /** Where the largest value is above 0 both orders have the same winner; elsewhere both gradients are 0. */
  private maxPoolGradient([input, output, gradient]: readonly Operand[], attributes: Attributes): Output | null {
    const [before, pool] = [this.preActivations.get(input!.output), this.pooled.get(output!.output)];
    if (!before || !pool) return null;
    const masked = this.list.node('ReluGrad', [gradient!.output, output!.output], T);
    const passed = this.list.node('MaxPoolGrad', [before, pool, masked], attributes);
    this.passedRelu.set(passed, input!.output);
    return passed;
  }
}

const isFloat = ({ T: type }: Attributes): boolean =>
  type !== undefined && 'type' in type && type.type === DataType.float32;

function isIdentityCast({ SrcT, DstT }: Attributes): boolean {
  return SrcT !== undefined && DstT !== undefined && 'type' in SrcT && 'type' in DstT && SrcT.type === DstT.type;
}
