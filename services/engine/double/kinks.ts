/**
 * Where a loss has kinks: the winner of every max-like op, as integers. Two points with the same winners lie on one smooth piece, so a difference
 * between them can be compared with a gradient; others can't.
 */
import { concatenated } from '../graph/concatenate.ts';
import type { Graph } from '../graph/graph.ts';
import type { Output } from '../graph/node-list.ts';
import { DataType, type Message } from '../tensorflow.ts';
import { doubleScalar } from './retype.ts';

const ONE_SIDED = ['Relu', 'LeakyRelu', 'Selu', 'Abs', 'Relu6'];
const TWO_SIDED = ['Maximum', 'Minimum'];
const COMPARISONS = ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual'];
const STEPS = ['Floor', 'Ceil', 'Round', 'Sign'];

/** One vector int32 of all winners; null where the graph has no kinks. The maximum within a log-softmax is none: the losses don't depend on it. */
export function winners(graph: Graph, name: string): Output | null {
  const found = [...graph.list].flatMap((node) => winnerOf(graph, node) ?? []);
  return found.length === 0 ? null : concatenated(graph, found, DataType.int32, name);
}

function winnerOf(graph: Graph, node: Message): Output | null {
  const op = node.getOp() as string;
  const [first, second] = node.getInputList() as string[];
  const type = node.getAttrMap().get('T')?.getType();
  if (op === 'MaxPool') return pooled(graph, node);
  if (type !== DataType.float64) return null;
  if (ONE_SIDED.includes(op)) return asInteger(graph, greater(graph, first!, zero(graph)), DataType.bool);
  if (TWO_SIDED.includes(op)) return asInteger(graph, greater(graph, first!, second!), DataType.bool);
  if (COMPARISONS.includes(op)) return asInteger(graph, node.getName(), DataType.bool);
  if (STEPS.includes(op)) return asInteger(graph, node.getName(), DataType.float64);
  return null;
}

const greater = (graph: Graph, a: Output, b: Output): Output =>
  graph.node('Greater', [a, b], { T: { type: DataType.float64 } }, 'Greater');

const zero = (graph: Graph): Output =>
  graph.node('Const', [], { dtype: { type: DataType.float64 }, value: { tensor: doubleScalar(0) } }, 'zero');

function pooled(graph: Graph, node: Message): Output {
  const attributes = node.getAttrMap();
  const ints = (key: string): number[] => attributes.get(key).getList().getIList();
  const winner = graph.node(
    'MaxPoolWithArgmax',
    [node.getInputList()[0]],
    {
      T: { type: DataType.float64 },
      Targmax: { type: DataType.int64 },
      include_batch_in_index: { bool: true },
      padding: { string: attributes.get('padding').getS_asU8() },
      ksize: { ints: ints('ksize') },
      strides: { ints: ints('strides') },
    },
    'MaxPool',
  );
  return asInteger(graph, `${winner}:1`, DataType.int64);
}

const asInteger = (graph: Graph, output: Output, type: number): Output =>
  graph.node('Cast', [output], { SrcT: { type }, DstT: { type: DataType.int32 } }, 'Cast');
