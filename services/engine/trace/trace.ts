/**
 * Records what ordinary TF.js code does as nodes of a graph. Every kernel that runs passes through tfjs-node's native binding; for the
 * length of the trace the binding is exchanged for one that runs the kernel and writes it down. Tensors made outside the trace
 * become constants unless they are bound to a node.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { Attribute, Attributes } from '../graph/attribute.ts';
import type { NodeList, Output } from '../graph/node-list.ts';
import { completeAttributes } from '../graph/op-registry.ts';
import { backend, binding, DataType, type TypedArray } from '../tensorflow.ts';
import { Peephole } from './peephole.ts';
import { unfuse } from './unfuse.ts';

interface EagerAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The traced code looked at a computed value, so its graph would depend on it: it can't be compiled. */
export class HostRead extends Error {
  constructor(readonly where: string) {
    super(`the model reads a computed value back while it runs (in ${where}), so its step can't be compiled`);
    this.name = 'HostRead';
  }
}

export class Trace {
  private readonly outputs = new Map<number, Output>();
  private readonly types = new Map<number, { dtype: number; shape: readonly number[] }>();
  private readonly computed = new Set<number>();
  private readonly deleted: number[] = [];
  private readonly peephole: Peephole;
  /** Float outputs in the order they were computed: what the search for the first bad tensor looks through. */
  readonly floats: Output[] = [];

  constructor(
    readonly list: NodeList,
    /** Write fused kernels as their parts: XLA hasn't got them. */
    private readonly unfused: boolean,
  ) {
    this.peephole = new Peephole(list);
  }

  /** From now on `tensor` stands for `output`. */
  bind(tensor: Tensor, output: Output): void {
    const [id] = backend.getInputTensorIds([tensor]);
    this.outputs.set(id!, output);
    this.types.set(id!, { dtype: backend.getDTypeInteger(tensor.dtype), shape: tensor.shape });
  }

  /** The node output that computes `tensor`. Take it before the tensor is disposed. */
  ref(tensor: Tensor): Output {
    const [id] = backend.getInputTensorIds([tensor]);
    return this.refId(id!);
  }

  /** Identity of the value a tensor or variable holds now: changes when a variable is assigned. */
  identity(tensor: Tensor): number {
    return backend.getInputTensorIds([tensor])[0]!;
  }

  /** Runs `code` and records it. @throws HostRead */
  record<T>(code: () => T): T {
    const getInputTensorIds = backend.getInputTensorIds;
    backend.getInputTensorIds = (tensors) => {
      const ids = getInputTensorIds.call(backend, tensors);
      tensors.forEach((tensor, i) => {
        const id = ids[i]!;
        if (!this.types.has(id))
          this.types.set(id, { dtype: backend.getDTypeInteger(tensor.dtype), shape: tensor.shape });
      });
      return ids;
    };
    backend.binding = this.recorder();
    try {
      return code();
    } finally {
      backend.binding = binding;
      backend.getInputTensorIds = getInputTensorIds;
    }
  }

  /** Releases what the traced code disposed of. */
  end(): void {
    for (const id of this.deleted) binding.deleteTensor(id);
    this.deleted.length = 0;
  }

  private recorder(): typeof binding {
    const native = Object.fromEntries(
      Object.getOwnPropertyNames(binding).map((key) => [key, binding[key as keyof typeof binding]]),
    ) as unknown as typeof binding;
    return {
      ...native,
      executeOp: (op, attributes, ids, outputs) => this.execute(op, attributes, ids, outputs),
      createTensor: (shape, dtype, values) => {
        const id = binding.createTensor(shape, dtype, values);
        this.types.set(id, { dtype, shape });
        return id;
      },
      deleteTensor: (id) => void this.deleted.push(id),
      tensorDataSync: (id) => {
        if (this.computed.has(id)) throw new HostRead(this.refId(id));
        return binding.tensorDataSync(id);
      },
    };
  }

  private execute(op: string, eager: readonly EagerAttribute[], ids: number[], count: number) {
    const results = binding.executeOp(op, eager as never, ids, count);
    const types = ids.map((id) => this.types.get(id)?.dtype);
    const attributes = completeAttributes(
      op,
      fromEager(eager),
      types,
      results.map((r) => r.dtype),
    );
    const inputs = ids.map((id) => this.refId(id));
    const node =
      this.rewritten(op, ids, inputs, attributes, results[0]!.shape) ?? this.list.node(op, inputs, attributes);
    results.forEach((result, index) => {
      const output = index === 0 ? node : `${node}:${index}`;
      this.outputs.set(result.id, output);
      this.types.set(result.id, result);
      this.computed.add(result.id);
      if (result.dtype === DataType.float32) this.floats.push(output);
    });
    return results;
  }

  private rewritten(
    op: string,
    ids: readonly number[],
    inputs: readonly Output[],
    attributes: Attributes,
    shape: readonly number[],
  ): Output | null {
    const parts = this.unfused ? unfuse(this.list, op, inputs, attributes) : null;
    if (parts) return parts;
    const operands = ids.map((id, i) => ({
      output: inputs[i]!,
      shape: this.types.get(id)?.shape ?? [],
      values: () => (this.computed.has(id) ? null : [...binding.tensorDataSync(id)]),
    }));
    return this.peephole.rewrite(op, operands, attributes, shape);
  }

  private refId(id: number): Output {
    const known = this.outputs.get(id);
    if (known) return known;
    const type = this.types.get(id);
    if (!type) throw new Error(`tensor ${id} came from outside the trace`);
    const values = toTyped(binding.tensorDataSync(id), type.dtype);
    const output = this.list.constant(type.dtype as DataType, type.shape, values);
    this.outputs.set(id, output);
    return output;
  }
}

function toTyped(values: ArrayLike<number>, dtype: number): TypedArray {
  if (ArrayBuffer.isView(values)) return values as unknown as TypedArray;
  if (dtype === DataType.float32) return Float32Array.from(values);
  return dtype === DataType.int32 ? Int32Array.from(values) : Uint8Array.from(values);
}

function fromEager(eager: readonly EagerAttribute[]): Attributes {
  const attributes: Attributes = {};
  for (const { name, type, value } of eager) attributes[name] = fromEagerValue(type, value);
  return attributes;
}

function fromEagerValue(type: number, value: unknown): Attribute {
  const many = Array.isArray(value);
  if (type === binding.TF_ATTR_TYPE) return many ? { types: value } : { type: value as number };
  if (type === binding.TF_ATTR_INT) return many ? { ints: value } : { int: Number(value) };
  if (type === binding.TF_ATTR_FLOAT) return many ? { floats: value } : { float: value as number };
  if (type === binding.TF_ATTR_BOOL) return { bool: Boolean(value) };
  if (type === binding.TF_ATTR_STRING) return many ? { strings: value } : { string: value as string };
  if (type === binding.TF_ATTR_SHAPE) return { shape: value as number[] };
  throw new Error(`attribute type ${type} is not known`);
}
