/**
 * Writes down which kernels code of TF.js's runs, and on what, as a RecordedFunction. Tensors are known by their data, shape and type; one that is not
 * known, as of `tf.scalar`, is a constant.
 *
 * For the length of a recording nothing of a computed value may be read, nothing drawn at random, no variable assigned: what depends on that would be
 * the same at every step.
 */
import type { RecordedFunction, RecordedKernel, RecordedStep, TensorType } from '@anneal/schemas';
import { RECORDED_KERNELS } from '@anneal/schemas/recorded-kernels.ts';
import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { type Tensor, tf } from '../tf.ts';
import { Unrecordable } from '../unusable.ts';

const allowed: ReadonlySet<string> = new Set(RECORDED_KERNELS);
const types: readonly string[] = ['float32', 'int32', 'bool'];

export class Recording {
  readonly steps: RecordedStep[] = [];
  private readonly inputs: TensorType[] = [];
  /** Numbers of the tensors by their data, then by shape and type. */
  private readonly ids = new Map<object, Map<string, number>>();
  private readonly computed = new Set<object>();
  private count = 0;

  input(tensor: Tensor): void {
    this.inputs.push(typeOf(tensor));
    this.know(tensor, true);
  }

  isComputed = (dataId: object): boolean => this.computed.has(dataId);

  kernel(name: string, given: NamedTensorInfoMap, attrs: NamedAttrMap, made: readonly TensorInfo[]): void {
    const named = Object.entries(given).flatMap(([key, tensor]) => (tensor ? [[key, tensor] as const] : []));
    const ids = named.map(([key, tensor]) => [key, this.id(tensor)] as const);
    const inputs = Array.isArray(given) ? ids.map(([, id]) => id) : Object.fromEntries(ids);
    const kernel = name as RecordedKernel['kernel'];
    this.steps.push({ kernel, inputs, attrs: plainAttributes(attrs), outputs: made.map(typeOf) });
    const depends = named.some(([, { dataId }]) => this.computed.has(dataId));
    for (const tensor of made) this.know(tensor, depends);
  }

  id(tensor: TensorInfo): number {
    const known = this.ids.get(tensor.dataId);
    const own = known?.get(keyOf(tensor));
    if (own !== undefined) return own;
    if (known && this.computed.has(tensor.dataId)) return this.reshaped(tensor, known);
    this.steps.push({ constant: typeOf(tensor), values: valuesOf(tensor) });
    return this.know(tensor, false);
  }

  finished(
    outputs: readonly TensorInfo[],
    backward: { readonly from: number; readonly gradients: readonly TensorInfo[] } | null,
  ): RecordedFunction {
    return {
      outputs: outputs.map((one) => this.id(one)),
      backward: backward && { from: backward.from, gradients: backward.gradients.map((one) => this.id(one)) },
      inputs: this.inputs,
      steps: this.steps,
    };
  }

  /** The same data in another shape, where no kernel has made it. */
  private reshaped(tensor: TensorInfo, known: ReadonlyMap<string, number>): number {
    const same = [...known].find(([key]) => key.startsWith(`${tensor.dtype} `));
    if (!same) throw new Unrecordable(`a tensor of ${tensor.dtype} shares its values with one of another type`);
    const attrs = { shape: [...tensor.shape] };
    this.steps.push({ kernel: 'Reshape', inputs: { x: same[1] }, attrs, outputs: [typeOf(tensor)] });
    return this.know(tensor, true);
  }

  private know(tensor: TensorInfo, computed: boolean): number {
    const known = this.ids.get(tensor.dataId) ?? new Map<string, number>();
    this.ids.set(tensor.dataId, known.set(keyOf(tensor), this.count));
    if (computed) this.computed.add(tensor.dataId);
    return this.count++;
  }
}

const keyOf = ({ dtype, shape }: TensorInfo): string => `${dtype} ${shape.join()}`;

function typeOf({ dtype, shape }: TensorInfo): TensorType {
  if (types.includes(dtype)) return { shape: [...shape], dtype: dtype as TensorType['dtype'] };
  throw new Unrecordable(`a tensor of ${dtype} can't be compiled into a step; ${types.join(', ')} can`);
}

const asJson = (value: number) => (Number.isFinite(value) ? value : (String(value) as 'NaN'));

function valuesOf({ dataId }: TensorInfo): Extract<RecordedStep, { constant: unknown }>['values'] {
  const { data } = tf.backend() as unknown as { data: { get(id: object): { values: ArrayLike<number> } } };
  const values = Array.from(data.get(dataId).values, Number);
  const [first] = values;
  return first !== undefined && values.every((value) => Object.is(value, first)) ? asJson(first) : values.map(asJson);
}

/** What is undefined counts as left out, as JSON has it. */
const plainAttributes = (attrs: NamedAttrMap): RecordedKernel['attrs'] =>
  JSON.parse(JSON.stringify(attrs, (_key, value) => (typeof value === 'number' ? asJson(value) : value)));

let now: Recording | null = null;
let inside = false;
let watching = false;

/** Runs `code`, and records what it runs. */
export function recording<T>(to: Recording, code: () => T): T {
  if (!watching) watch();
  now = to;
  try {
    return code();
  } finally {
    now = null;
    inside = false;
  }
}

const refused = (what: string): Unrecordable =>
  new Unrecordable(`it ${what}, which a compiled step would do once and never again`);

function watch(): void {
  watching = true;
  for (const config of tf.getKernelsForBackend('cpu')) {
    const { kernelName, kernelFunc } = config;
    const around: KernelFunc = (params) => {
      if (!now || inside) return kernelFunc(params);
      if (!allowed.has(kernelName))
        throw new Unrecordable(
          `TF.js's kernel ${kernelName} can't be compiled into a step; docs/own-code.md lists those that can`,
        );
      if (params.attrs && 'pad' in params.attrs && typeof params.attrs.pad !== 'string')
        throw new Unrecordable(
          `${kernelName} with a padding in numbers can't be compiled into a step; take 'same' or 'valid', with tf.pad before it`,
        );
      inside = true;
      const made = kernelFunc(params);
      inside = false;
      now.kernel(kernelName, params.inputs, params.attrs ?? {}, [made].flat());
      return made;
    };
    tf.unregisterKernel(kernelName, 'cpu');
    tf.registerKernel({ ...config, kernelFunc: around });
  }
  const backend = tf.backend() as unknown as Record<'read' | 'readSync', (dataId: object) => unknown>;
  for (const name of ['read', 'readSync'] as const) {
    const read = backend[name].bind(backend);
    backend[name] = (dataId) => {
      if (now && !inside && now.isComputed(dataId)) throw refused('reads a computed value back');
      return read(dataId);
    };
  }
  const variables = tf.Variable.prototype as unknown as { assign(value: Tensor): void };
  const { assign } = variables;
  variables.assign = function (value) {
    if (now) throw refused('assigns a variable');
    assign.call(this, value);
  };
  const { random } = Math;
  Math.random = () => {
    if (now) throw refused('draws random numbers');
    return random();
  };
}
