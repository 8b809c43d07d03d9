/**
 * The trained model as a SavedModel that serves: weights as constants, any batch size. A trace fixes the batch size in the constants of
 * its reshapes and in the sizes of its slices; two traces of different sizes show which ones, and those become −1, all that there is.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { Graph } from '../graph/graph.ts';
import type { Output } from '../graph/node-list.ts';
import type { BuiltModel } from '../model/build.ts';
import { DataType, type Message, scoped, tf } from '../tensorflow.ts';
import { Trace } from '../trace/trace.ts';

export interface FrozenGraph {
  /** Bytes of `saved_model.pb`. */
  readonly bytes: Uint8Array;
  /** Null for any; a number where the model's own ops fix it. */
  readonly batch: number | null;
}

/** Reads the weights that the TF.js model holds. Input `inputs` [batch, …] float32, as scaled for training; output `outputs`. */
export function frozenGraph(built: BuiltModel, inputShape: readonly number[]): FrozenGraph {
  const [small, large] = [emit(built, inputShape, SMALL), emit(built, inputShape, LARGE)];
  if (freeBatch(small.graph.list, large.graph.list)) return { bytes: serialize(small, inputShape, -1), batch: null };
  const one = emit(built, inputShape, 1);
  return { bytes: serialize(one, inputShape, 1), batch: 1 };
}

/** Two batch sizes. */
const [SMALL, LARGE] = [3, 5];

interface Emitted {
  readonly graph: Graph;
  readonly input: Output;
  readonly output: Output;
  readonly outputShape: readonly number[];
}

function emit(built: BuiltModel, inputShape: readonly number[], batch: number): Emitted {
  const graph = new Graph();
  const input = graph.placeholder('inputs', DataType.float32, [batch, ...inputShape]);
  const trace = new Trace(graph, false);
  const traced = scoped(() => {
    const x = tf.zeros([batch, ...inputShape]);
    trace.bind(x, input);
    for (const { name, shape, variable } of built.weights) {
      trace.bind(variable, graph.constant(DataType.float32, shape, variable.dataSync() as Float32Array, name));
    }
    return trace.record(() => {
      const y = built.model.apply(x, { training: false }) as Tensor;
      return { output: trace.ref(y), shape: y.shape.slice(1) };
    });
  });
  trace.end();
  const output = graph.node('Identity', [traced.output], { T: { type: DataType.float32 } }, 'outputs');
  return { graph, input, output, outputShape: traced.shape };
}

function serialize(
  { graph, input, output, outputShape }: Emitted,
  inputShape: readonly number[],
  batch: number,
): Uint8Array {
  if (batch === -1) setPlaceholderBatch(graph.list[0]!);
  return graph.savedModel({
    inputs: { inputs: { output: input, type: DataType.float32, shape: [batch, ...inputShape] } },
    outputs: { outputs: { output, type: DataType.float32, shape: [batch, ...outputShape] } },
  });
}

const setPlaceholderBatch = (placeholder: Message): void =>
  placeholder.getAttrMap().get('shape').getShape().getDimList()[0].setSize(-1);

/** Makes the batch size free in `small`, comparing it with `large`. False if something other than a reshape or a slice depends on it. */
function freeBatch(small: readonly Message[], large: readonly Message[]): boolean {
  if (small.length !== large.length) return false;
  const inputs = (op: string, place: number) =>
    new Set(small.filter((node) => node.getOp() === op).map((node) => node.getInputList()[place]));
  const [reshapes, slices] = [inputs('Reshape', 1), inputs('Slice', 2)];
  const used = new Set(small.flatMap((node) => node.getInputList() as string[]));
  for (const [index, node] of small.entries()) {
    if (node.getOp() !== 'Const' || !used.has(node.getName())) continue;
    const [a, b] = [content(node), content(large[index]!)];
    if (Buffer.compare(a, b) === 0) continue;
    const [inReshape, inSlice] = [reshapes.has(node.getName()), slices.has(node.getName())];
    if (a.length !== b.length || !(inReshape || inSlice)) return false;
    const [from, to] = [ints(a), ints(b)];
    const differing = [...from.keys()].filter((i) => from[i] !== to[i]);
    const [place] = differing;
    if (place === undefined || differing.length > 1) return false;
    // A part of the batch is not all that there is.
    if (inSlice && !(from[place] === SMALL && to[place] === LARGE)) return false;
    from[place] = -1;
    node.getAttrMap().get('value').getTensor().setTensorContent(new Uint8Array(from.buffer));
  }
  return true;
}

const content = (node: Message): Buffer =>
  Buffer.from(node.getAttrMap().get('value').getTensor().getTensorContent_asU8());
const ints = (bytes: Buffer): Int32Array => new Int32Array(new Uint8Array(bytes).buffer);
