/**
 * Where a function has kinks: the winners of every max-like op that it runs, folded into one hash. Two points with the same hash lie on one smooth
 * piece of the function; between others there is no derivative to compare with. The sequence of ops counts too, as a branch in JavaScript is a kink.
 *
 * A kernel is watched by registering it again with a function around it. The winners of a pooling are those that its gradient hands something to.
 */
import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { tf, values } from './tf.ts';

interface Run {
  readonly inputs: NamedTensorInfoMap;
  readonly attrs: NamedAttrMap | undefined;
  readonly backend: unknown;
  readonly outputs: readonly TensorInfo[];
}
type Fold = (value: number) => void;
type Watch = (run: Run, fold: Fold) => void;

const kernels = new Map<string, KernelFunc>();

/** Runs a kernel that nobody watches, and disposes of what it made. */
function unwatched(name: string, { backend }: Run, inputs: NamedTensorInfoMap, attrs: NamedAttrMap, fold: Fold): void {
  const made = [kernels.get(name)!({ inputs, attrs, backend: backend as never })].flat();
  for (const tensor of made) {
    values(tensor).forEach(fold);
    (backend as { disposeIntermediateTensorInfo(info: TensorInfo): void }).disposeIntermediateTensorInfo(tensor);
  }
}

const side = (input: string, ...limits: number[]): Watch => {
  const bounds = limits.length > 0 ? limits : [0];
  return ({ inputs }, fold) => {
    for (const value of values(inputs[input]!)) fold(bounds.filter((bound) => value > bound).length);
  };
};

const outputs: Watch = ({ outputs: made }, fold) => {
  for (const tensor of made) values(tensor).forEach(fold);
};

/** Of two inputs, element by element, by another kernel. */
const by =
  (kernel: string): Watch =>
  (run, fold) =>
    unwatched(kernel, run, { a: run.inputs.a!, b: run.inputs.b! }, {}, fold);

/** Which inputs equal the largest (or the smallest) of their row. */
const reduction: Watch = (run, fold) => {
  const { inputs, attrs, outputs: made } = run;
  const x = inputs.x!;
  const axes = tf.util.parseAxisParam(attrs?.reductionIndices as number[], x.shape);
  const shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  unwatched('Equal', run, { a: x, b: { ...made[0]!, shape } }, {}, fold);
};

/** By what the gradient gives to whom, for a gradient that differs everywhere. */
const pooling =
  (kernel: string, name: string): Watch =>
  (run, fold) => {
    const [output] = run.outputs;
    const dy = tf.tensor(
      Array.from(values(output!), (_value, i) => 1 + Math.sin(i + 1) / 2),
      output!.shape,
    );
    const inputs = { ...run.inputs, dy, input: run.inputs[name]!, output: output! };
    unwatched(kernel, run, inputs, run.attrs ?? {}, fold);
    dy.dispose();
  };

/** Of a kernel with an activation fused in, where it has a kink. */
const activated: Watch = ({ attrs, outputs: [made] }, fold) => {
  if (!['relu', 'relu6', 'leakyrelu', 'prelu', 'elu'].includes(String(attrs?.activation))) return;
  for (const value of values(made!)) fold((value > 0 ? 1 : 0) + (value >= 6 ? 1 : 0));
};

const clipped: Watch = ({ inputs, attrs }, fold) => {
  const { clipValueMin: least, clipValueMax: most } = attrs as Record<string, number>;
  for (const value of values(inputs.x!)) fold(value < least! ? 0 : value > most! ? 2 : 1);
};

const watches: Readonly<Record<string, Watch>> = {
  ...{ Relu: side('x'), LeakyRelu: side('x'), Elu: side('x'), Selu: side('x'), Abs: side('x'), Prelu: side('x') },
  ...{ Relu6: side('x', 0, 6), Step: side('x'), ClipByValue: clipped },
  ...{ Maximum: by('Greater'), Minimum: by('Greater'), Mod: by('FloorDiv'), Max: reduction, Min: reduction },
  ...{ Floor: outputs, Ceil: outputs, Round: outputs, Sign: outputs, FloorDiv: outputs },
  MaxPool: pooling('MaxPoolGrad', 'x'),
  MaxPool3D: pooling('MaxPool3DGrad', 'x'),
  Dilation2D: pooling('Dilation2DBackpropInput', 'x'),
  ...{ FusedConv2D: activated, FusedDepthwiseConv2D: activated, _FusedMatMul: activated },
};

let hash: [number, number] | null = null;

const fold: Fold = (value) => {
  const [a, b] = hash!;
  const bits = Math.imul(Math.round(value * 1e6) | 0, 0x9e3779b1);
  hash = [Math.imul(a ^ bits, 0x01000193), Math.imul(b + bits, 0x85ebca6b) ^ (b >>> 13)];
};

function watched(name: string, run: Run): void {
  for (const letter of name) fold(letter.charCodeAt(0));
  const watch = watches[name];
  if (watch) watch(run, fold);
  else if (run.outputs.some(({ dtype }) => dtype === 'int32' || dtype === 'bool'))
    outputs({ ...run, outputs: run.outputs.filter(({ dtype }) => dtype === 'int32' || dtype === 'bool') }, fold);
}

let seen: Set<string> | null = null;

for (const config of tf.getKernelsForBackend('cpu')) {
  kernels.set(config.kernelName, config.kernelFunc);
  const around: KernelFunc = (params) => {
    const made = config.kernelFunc(params);
    seen?.add(config.kernelName);
    if (hash) watched(config.kernelName, { ...params, attrs: params.attrs, outputs: [made].flat() });
    return made;
  };
  tf.unregisterKernel(config.kernelName, 'cpu');
  tf.registerKernel({ ...config, kernelFunc: around });
}

/** What `code` computes, and which piece of the function it was on. */
export function winnersOf<T>(code: () => T): { readonly value: T; readonly winners: Int32Array } {
  hash = [0x811c9dc5, 1];
  try {
    const value = code();
    return { value, winners: Int32Array.from(hash) };
  } finally {
    hash = null;
  }
}

/** The kernels that `code` runs. */
export function kernelsRun(code: () => void): ReadonlySet<string> {
  const own = new Set<string>();
  seen = own;
  try {
    code();
  } finally {
    seen = null;
  }
  return own;
}
